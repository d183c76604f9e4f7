"""Event-driven integration across AWS accounts with Amazon EventBridge, as AWS CDK constructs.

The public names are handed on when they are first asked for, so that the pure rooms can be used without the CDK, and
without Node.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.access import Consumer, Decrypter, Member
    from cdk_eventbridge_patterns.buses import (
        CentralBus,
        ConsumerBus,
        DefaultBus,
        ExistingBus,
        GlobalEndpoint,
        ProducerBus,
        RemoteBus,
        ServiceBus,
    )
    from cdk_eventbridge_patterns.consumers import IdempotentConsumer
    from cdk_eventbridge_patterns.contracts import (
        AwsEvent,
        Change,
        ChangeKind,
        CloudEvent,
        DataClass,
        Envelope,
        EventContract,
        SchemaDialect,
        Sensitive,
        StandardEnvelope,
        schema_changes,
    )
    from cdk_eventbridge_patterns.encryption import (
        BusKeyReference,
        EncryptionKey,
        FieldEncryptionKey,
        FieldKeyReference,
    )
    from cdk_eventbridge_patterns.enforcement import EventBridgeChecks, NamingAspect, apply_tags

    # Functions of their modules' names: mypy would take them for the modules.
    from cdk_eventbridge_patterns.enforcement.acknowledge import acknowledge
    from cdk_eventbridge_patterns.enforcement.exempt import exempt
    from cdk_eventbridge_patterns.enforcement.name_injectors import name_injectors
    from cdk_eventbridge_patterns.errors import EventBridgePatternsError
    from cdk_eventbridge_patterns.naming import BusReference, Case, NamingConvention, ResourceKind
    from cdk_eventbridge_patterns.observability import BusMonitoring
    from cdk_eventbridge_patterns.plan import (
        Adopted,
        ArchiveSettings,
        BusLogs,
        Consumes,
        Disabled,
        Encryption,
        LogLevel,
        Monitoring,
        RedriveSettings,
        RetryPolicy,
        SchemaRegistry,
        TargetInput,
        TargetKind,
        TargetReference,
    )
    from cdk_eventbridge_patterns.routing import (
        AcceptedRoute,
        AuditTrail,
        DeadLetterQueue,
        Delivery,
        Inbox,
        Redrive,
        Route,
        Subscription,
        Subscriptions,
        accept_delivery,
    )
    from cdk_eventbridge_patterns.stacks import (
        MultiBusTopology,
        Platform,
        PlatformStack,
        Service,
        ServiceStack,
        SingleBusTopology,
        SubscriptionStack,
        services_from_file,
    )
    from cdk_eventbridge_patterns.topology import TagConvention
    from cdk_eventbridge_patterns.tree import use_convention, use_retry_policies

_ROOMS = {
    "AcceptedRoute": "routing",
    "Adopted": "plan",
    "ArchiveSettings": "plan",
    "AuditTrail": "routing",
    "AwsEvent": "contracts",
    "BusKeyReference": "encryption",
    "BusLogs": "plan",
    "BusMonitoring": "observability",
    "BusReference": "naming",
    "Case": "naming",
    "CentralBus": "buses",
    "Change": "contracts",
    "ChangeKind": "contracts",
    "CloudEvent": "contracts",
    "Consumer": "access",
    "ConsumerBus": "buses",
    "Consumes": "plan",
    "DataClass": "contracts",
    "DeadLetterQueue": "routing",
    "Decrypter": "access",
    "DefaultBus": "buses",
    "Delivery": "routing",
    "Disabled": "plan",
    "Encryption": "plan",
    "EncryptionKey": "encryption",
    "Envelope": "contracts",
    "EventBridgeChecks": "enforcement",
    "EventBridgePatternsError": "errors",
    "EventContract": "contracts",
    "ExistingBus": "buses",
    "FieldEncryptionKey": "encryption",
    "FieldKeyReference": "encryption",
    "GlobalEndpoint": "buses",
    "IdempotentConsumer": "consumers",
    "Inbox": "routing",
    "LogLevel": "plan",
    "Member": "access",
    "Monitoring": "plan",
    "MultiBusTopology": "stacks",
    "NamingAspect": "enforcement",
    "NamingConvention": "naming",
    "Platform": "stacks",
    "PlatformStack": "stacks",
    "ProducerBus": "buses",
    "Redrive": "routing",
    "RedriveSettings": "plan",
    "RemoteBus": "buses",
    "ResourceKind": "naming",
    "RetryPolicy": "plan",
    "Route": "routing",
    "SchemaDialect": "contracts",
    "SchemaRegistry": "plan",
    "Sensitive": "contracts",
    "Service": "stacks",
    "ServiceBus": "buses",
    "ServiceStack": "stacks",
    "SingleBusTopology": "stacks",
    "StandardEnvelope": "contracts",
    "Subscription": "routing",
    "SubscriptionStack": "stacks",
    "Subscriptions": "routing",
    "TagConvention": "topology",
    "TargetInput": "plan",
    "TargetKind": "plan",
    "TargetReference": "plan",
    "accept_delivery": "routing",
    "acknowledge": "enforcement",
    "apply_tags": "enforcement",
    "exempt": "enforcement",
    "name_injectors": "enforcement",
    "schema_changes": "contracts",
    "services_from_file": "stacks",
    "use_convention": "tree",
    "use_retry_policies": "tree",
}

__all__ = [
    "AcceptedRoute",
    "Adopted",
    "ArchiveSettings",
    "AuditTrail",
    "AwsEvent",
    "BusKeyReference",
    "BusLogs",
    "BusMonitoring",
    "BusReference",
    "Case",
    "CentralBus",
    "Change",
    "ChangeKind",
    "CloudEvent",
    "Consumer",
    "ConsumerBus",
    "Consumes",
    "DataClass",
    "DeadLetterQueue",
    "Decrypter",
    "DefaultBus",
    "Delivery",
    "Disabled",
    "Encryption",
    "EncryptionKey",
    "Envelope",
    "EventBridgeChecks",
    "EventBridgePatternsError",
    "EventContract",
    "ExistingBus",
    "FieldEncryptionKey",
    "FieldKeyReference",
    "GlobalEndpoint",
    "IdempotentConsumer",
    "Inbox",
    "LogLevel",
    "Member",
    "Monitoring",
    "MultiBusTopology",
    "NamingAspect",
    "NamingConvention",
    "Platform",
    "PlatformStack",
    "ProducerBus",
    "Redrive",
    "RedriveSettings",
    "RemoteBus",
    "ResourceKind",
    "RetryPolicy",
    "Route",
    "SchemaDialect",
    "SchemaRegistry",
    "Sensitive",
    "Service",
    "ServiceBus",
    "ServiceStack",
    "SingleBusTopology",
    "StandardEnvelope",
    "Subscription",
    "SubscriptionStack",
    "Subscriptions",
    "TagConvention",
    "TargetInput",
    "TargetKind",
    "TargetReference",
    "accept_delivery",
    "acknowledge",
    "apply_tags",
    "exempt",
    "name_injectors",
    "schema_changes",
    "services_from_file",
    "use_convention",
    "use_retry_policies",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in _ROOMS:
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
