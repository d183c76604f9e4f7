"""Event-driven integration across AWS accounts with Amazon EventBridge, as AWS CDK constructs.

The public names are handed on when they are first asked for, so that the pure rooms can be used without the CDK, and
without Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.access import Consumer
    from cdk_eventbridge_patterns.buses import ConsumerBus, ProducerBus, ServiceBus
    from cdk_eventbridge_patterns.contracts import DataClass, EventContract
    from cdk_eventbridge_patterns.errors import EventBridgePatternsError
    from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
    from cdk_eventbridge_patterns.plan import ArchiveSettings, Consumes, Disabled, RetryPolicy, TargetInput
    from cdk_eventbridge_patterns.routing import DeadLetterQueue, Delivery, Inbox, Subscription, Subscriptions
    from cdk_eventbridge_patterns.stacks import MultiBusTopology, Service, ServiceStack, SubscriptionStack
    from cdk_eventbridge_patterns.tree import use_convention

_ROOMS = {
    "ArchiveSettings": "plan",
    "BusReference": "naming",
    "Consumer": "access",
    "ConsumerBus": "buses",
    "Consumes": "plan",
    "DataClass": "contracts",
    "DeadLetterQueue": "routing",
    "Delivery": "routing",
    "Disabled": "plan",
    "EventBridgePatternsError": "errors",
    "EventContract": "contracts",
    "Inbox": "routing",
    "MultiBusTopology": "stacks",
    "NamingConvention": "naming",
    "ProducerBus": "buses",
    "RetryPolicy": "plan",
    "Service": "stacks",
    "ServiceBus": "buses",
    "ServiceStack": "stacks",
    "Subscription": "routing",
    "SubscriptionStack": "stacks",
    "Subscriptions": "routing",
    "TargetInput": "plan",
    "use_convention": "tree",
}

__all__ = [
    "ArchiveSettings",
    "BusReference",
    "Consumer",
    "ConsumerBus",
    "Consumes",
    "DataClass",
    "DeadLetterQueue",
    "Delivery",
    "Disabled",
    "EventBridgePatternsError",
    "EventContract",
    "Inbox",
    "MultiBusTopology",
    "NamingConvention",
    "ProducerBus",
    "RetryPolicy",
    "Service",
    "ServiceBus",
    "ServiceStack",
    "Subscription",
    "SubscriptionStack",
    "Subscriptions",
    "TargetInput",
    "use_convention",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in _ROOMS:
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
