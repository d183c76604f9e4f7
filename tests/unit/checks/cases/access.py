"""Faults of access."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from tests.unit.checks.case import Case

BUS = bus_arn()
ROOT = {"AWS": f"arn:aws:iam::{BILLING}:root"}
SHIPPING = {"AWS": "arn:aws:iam::333333333333:root"}
RULES = f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*"
SOURCE = {"StringEquals": {"events:source": "com.acme.orders"}}
CREATOR = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}
OURS = {"StringEquals": {"aws:PrincipalOrgID": "o-acme123456"}}
EVENTBRIDGE = {"Service": "events.amazonaws.com"}
TO_BILLING = bus_arn("acme-prod-billing", account=BILLING)
rule = a_rule(a_target(queue_arn(), role_arn=role_arn()))


def allow(action: Any, principal: Any = ROOT, condition: Mapping[str, Any] | None = None, resource: str = BUS) -> Any:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource}
    return statement if condition is None else {**statement, "Condition": condition}


def on_bus(
    action: Any, principal: Any = ROOT, condition: Mapping[str, Any] | None = None, resource: str = BUS
) -> ResourcePolicy:
    return a_bus_policy(allow(action, principal, condition, resource))


def on_queue(principal: Any, condition: Mapping[str, Any] | None = None) -> ResourcePolicy:
    return a_policy(queue_arn(), allow("sqs:SendMessage", principal, condition, queue_arn()))


def inline() -> ResourcePolicy:
    return a_policy(BUS, allow("events:PutEvents", ROOT, SOURCE), resource_type="AWS::Events::EventBus")


def with_id(id: str) -> ResourcePolicy:
    return replace(on_bus("events:PutEvents", ROOT, SOURCE), id=id)


PUBLISH = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": BUS}
TRUST = {"Effect": "Allow", "Principal": EVENTBRIDGE, "Action": "sts:AssumeRole"}
FROM_RULE = {"ArnLike": {"aws:SourceArn": rule.arn}}
EVERYTHING = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"}

CASES = [
    Case(
        "ACC001",
        f"bus {BUS} is open to every AWS account",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutEvents", "*", SOURCE)],
        [on_bus("events:PutEvents", "*", OURS)],
    ),
    Case(
        "ACC002",
        f"{queue_arn()} is open to every AWS account",
        "Policylost PolicyDocument.Statement.0",
        [rule, on_queue("*")],
        [rule, on_queue("*", {"ArnEquals": {"aws:SourceArn": rule.arn}})],
    ),
    Case(
        "ACC003",
        f"{queue_arn()} lets EventBridge in for any rule of any account",
        "Policylost PolicyDocument.Statement.0",
        [rule, on_queue(EVENTBRIDGE)],
        [rule, on_queue(EVENTBRIDGE, {"StringEquals": {"aws:SourceAccount": ORDERS}})],
    ),
    Case(
        "ACC004",
        "role 'from-orders' may be used by EventBridge for any rule of any account",
        "Rolefromorders AssumeRolePolicyDocument.Statement.0",
        [rule, a_role()],
        [rule, a_role(trust=({**TRUST, "Condition": FROM_RULE},))],
    ),
    Case(
        "ACC005",
        f"others may put rules on bus {BUS} without naming a source",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutRule", condition={"StringEqualsIfExists": SOURCE["StringEquals"]})],
        [on_bus("events:PutRule", condition=SOURCE)],
        "IfExists",
    ),
    Case(
        "ACC005",
        f"others may put rules on bus {BUS} without naming a source",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutRule", condition={"ForAllValues:StringEquals": SOURCE["StringEquals"]})],
        [
            on_bus(
                "events:PutRule",
                condition={
                    "ForAllValues:StringEquals": SOURCE["StringEquals"],
                    "Null": {"events:source": "false"},
                },
            )
        ],
        "ForAllValues without Null",
    ),
    Case(
        "ACC006",
        f"others may change rules on bus {BUS} that they did not make",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:DeleteRule", resource=RULES)],
        [on_bus("events:DeleteRule", condition=CREATOR, resource=RULES)],
    ),
    Case(
        "ACC007",
        f"others may send what is on bus {BUS} to any bus of theirs",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutTargets", condition=CREATOR)],
        [on_bus("events:PutTargets", condition={"ArnLike": {"events:TargetArn": TO_BILLING}})],
    ),
    Case(
        "ACC008",
        f"others may do events:* to bus {BUS}, events:DeleteEventBus too",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:*")],
        [on_bus("events:Put*Events")],
    ),
    Case(
        "ACC009",
        f"others may publish events of any source on bus {BUS}",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutEvents")],
        [on_bus("events:PutEvents", condition=SOURCE)],
    ),
    Case(
        "ACC010",
        f"source 'com.acme.orders' is for {BILLING} and 333333333333 on bus {BUS}",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutEvents", {"AWS": [ROOT["AWS"], SHIPPING["AWS"]]}, SOURCE)],
        [
            on_bus("events:PutEvents", ROOT, SOURCE),
            on_bus("events:PutEvents", SHIPPING, {"StringEquals": {"events:source": "com.acme.shipping"}}),
        ],
    ),
    Case(
        "ACC011",
        f"the policy of bus {BUS} is a property of it",
        "Policyeventbusacmeprodorders Policy",
        [inline()],
        [on_bus("events:PutEvents", condition=SOURCE)],
    ),
    Case(
        "ACC012",
        f"statement 'publish' of bus {BUS} is written twice, also at {ORDERS}/Policyeventbusacmeprodorders",
        "Policyeventbusacmeprodorders StatementId",
        [with_id("publish"), with_id("publish")],
        [with_id("publish"), with_id("subscribe")],
    ),
    Case(
        "ACC013",
        f"{queue_arn()} has another policy at {BILLING}/Policylost, and keeps one",
        "Policylost",
        [rule, a_queue(), on_queue(ROOT), on_queue(SHIPPING)],
        [rule, a_queue(), on_queue(ROOT)],
    ),
    Case(
        "ACC014",
        f"role 'checkout' may publish on {BUS}, whose policy does not let account {BILLING} in",
        "Rolecheckout Policies.0.PolicyDocument.Statement.0",
        [a_bus(), a_role("checkout", PUBLISH)],
        [a_bus(), a_role("checkout", PUBLISH), on_bus("events:PutEvents", condition=SOURCE)],
    ),
    Case(
        "ACC015",
        "role 'from-orders' may do events:PutEvents to everything",
        "Rolefromorders Policies.0.PolicyDocument.Statement.0",
        [rule, a_role("from-orders", EVERYTHING)],
        [rule, a_role("from-orders", PUBLISH)],
    ),
    Case(
        "ACC016",
        f"others may put or change rules of any name on bus {BUS}",
        "Policyeventbusacmeprodorders PolicyDocument.Statement.0",
        [on_bus("events:PutRule", resource=f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/*")],
        [on_bus("events:PutRule", resource=RULES)],
    ),
]
