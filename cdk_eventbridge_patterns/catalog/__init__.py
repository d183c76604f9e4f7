"""Who publishes and who receives what, listed from a topology, and written as a catalogue others read."""

from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.entries import (
    BusEntry,
    Consumption,
    EventEntry,
    Publication,
    Receipt,
    ServiceEntry,
    Unlisted,
)
from cdk_eventbridge_patterns.catalog.participant import Participant, ParticipantKind

__all__ = [
    "BusEntry",
    "Consumption",
    "Directory",
    "EventEntry",
    "Participant",
    "ParticipantKind",
    "Publication",
    "Receipt",
    "ServiceEntry",
    "Unlisted",
]
