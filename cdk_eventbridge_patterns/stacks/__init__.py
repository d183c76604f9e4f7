"""Stacks for teams to subclass, and whole topologies."""

from cdk_eventbridge_patterns.stacks.multi_bus_topology import MultiBusTopology
from cdk_eventbridge_patterns.stacks.platform import Platform
from cdk_eventbridge_patterns.stacks.platform_stack import PlatformStack
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import ServiceStack
from cdk_eventbridge_patterns.stacks.services_file import services_from_file
from cdk_eventbridge_patterns.stacks.single_bus_topology import SingleBusTopology
from cdk_eventbridge_patterns.stacks.subscription_stack import SubscriptionStack

__all__ = [
    "MultiBusTopology",
    "Platform",
    "PlatformStack",
    "Service",
    "ServiceStack",
    "SingleBusTopology",
    "SubscriptionStack",
    "services_from_file",
]
