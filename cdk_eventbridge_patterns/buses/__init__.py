"""The buses that services own."""

from cdk_eventbridge_patterns.buses.consumer_bus import ConsumerBus
from cdk_eventbridge_patterns.buses.default_bus import DefaultBus
from cdk_eventbridge_patterns.buses.producer_bus import ProducerBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus

__all__ = ["ConsumerBus", "DefaultBus", "ProducerBus", "ServiceBus"]
