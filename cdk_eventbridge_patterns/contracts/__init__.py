"""Event contracts: what a producer promises about an event, the same object for everyone who uses it."""

from cdk_eventbridge_patterns.contracts.data_class import DataClass
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.event_name import EventName

__all__ = ["DataClass", "EventContract", "EventName", "EventType"]
