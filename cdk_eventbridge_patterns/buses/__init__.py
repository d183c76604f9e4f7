"""The buses that services own."""

from cdk_eventbridge_patterns.buses.consumer_bus import ConsumerBus
from cdk_eventbridge_patterns.buses.existing_bus import ExistingBus
from cdk_eventbridge_patterns.buses.producer_bus import ProducerBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus

__all__ = ["ConsumerBus", "ExistingBus", "ProducerBus", "ServiceBus"]
