"""The buses that services own, and those of others that they publish on."""

from cdk_eventbridge_patterns.buses.central_bus import CentralBus
from cdk_eventbridge_patterns.buses.consumer_bus import ConsumerBus
from cdk_eventbridge_patterns.buses.default_bus import DefaultBus
from cdk_eventbridge_patterns.buses.existing_bus import ExistingBus
from cdk_eventbridge_patterns.buses.global_endpoint import GlobalEndpoint
from cdk_eventbridge_patterns.buses.producer_bus import ProducerBus
from cdk_eventbridge_patterns.buses.remote_bus import RemoteBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus

__all__ = [
    "CentralBus",
    "ConsumerBus",
    "DefaultBus",
    "ExistingBus",
    "GlobalEndpoint",
    "ProducerBus",
    "RemoteBus",
    "ServiceBus",
]
