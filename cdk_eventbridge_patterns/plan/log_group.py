"""A log group, with the policy that lets a service of AWS write to it."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import QueueAddress
from cdk_eventbridge_patterns.topology.stamp import Stamp

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
_RETENTIONS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096),
    *(1827, 2192, 2557, 2922, 3288, 3653),
)


def check_retention(days: object) -> None:
    """Refuse a number of days that CloudWatch Logs has no retention of.

    Raises:
        DeclarationError: If it is none of them.
    """
    if isinstance(days, bool) or days not in _RETENTIONS:
        listed = ", ".join(map(str, _RETENTIONS))
        msg = f"retention_days must be a number of days that CloudWatch Logs knows, {listed}, got {days!r}"
        raise DeclarationError(msg)


def log_group_arn(name: str, beside: BusAddress | QueueAddress) -> str:
    """Return the ARN of a log group in the account and Region of a bus or a queue."""
    return arn("logs", f"log-group:{name}", region=beside.region, account=beside.account)


def add_log_group(
    plan: Plan,
    log_group_id: str,
    *,
    name: str,
    retention_days: int,
    stamp: Stamp,
    statements: Sequence[Statement] = (),
) -> str:
    """Add a log group that *statements* let services write to; it goes with its stack.

    The policy is the group's own: of those that are an account's there may be ten in a Region, of these one for each
    group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
    """
    return plan.add(
        log_group_id,
        "AWS::Logs::LogGroup",
        {
            "LogGroupName": name,
            "RetentionInDays": retention_days,
            "ResourcePolicyDocument": policy_document(*statements) if statements else None,
        },
        stamp=stamp,
        disposable=True,
    )
