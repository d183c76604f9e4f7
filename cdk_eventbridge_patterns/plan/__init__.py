"""What each declaration becomes: CloudFormation resources as plain data, with literal names and ARNs."""

from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.bus_logs import BusLogs, LogLevel
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.redrive import RedriveSettings
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.plan.target_reference import TargetReference

__all__ = [
    "Adopted",
    "ArchiveSettings",
    "BusLogs",
    "Consumes",
    "Disabled",
    "Encryption",
    "LogLevel",
    "Monitoring",
    "Plan",
    "RedriveSettings",
    "RetryPolicy",
    "SchemaRegistry",
    "TargetInput",
    "TargetKind",
    "TargetReference",
]
