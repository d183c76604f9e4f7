"""The statement by which a bus lets in what another account's rule sends there."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.publish import event_condition
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming.arn import Arn, account_root
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress


def route_statement(
    bus: BusAddress, sid: str, *, rule_arn: str, role_arn: str, event_types: Sequence[EventType]
) -> Statement:
    """Let just one rule of another account put just these events on *bus*, by just its role.

    The role is named by a condition, not as the principal: a principal must be there when the policy is put, and the
    receiver can be deployed before the sender. Rule and events are asked for only where the request has them, for AWS
    does not say whether it does where a role delivers; the role itself may be assumed for that rule alone.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-restrict-rule.html
    """
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": account_root(Arn.parse(role_arn).account, region=bus.region)},
        "Action": "events:PutEvents",
        "Resource": bus.arn,
        "Condition": {
            "ArnEquals": {"aws:PrincipalArn": role_arn},
            "ArnEqualsIfExists": {"aws:SourceArn": rule_arn},
            "StringEqualsIfExists": event_condition(event_types),
        },
    }
