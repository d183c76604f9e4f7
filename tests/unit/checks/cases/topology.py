"""Faults of the shape of a topology."""

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    an_archive,
    an_endpoint,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.security import Role
from tests.unit.checks.case import Case

SHIPPING = "333333333333"
TO_BILLING = bus_arn("acme-prod-billing", account=BILLING)
TO_SHIPPING = bus_arn("acme-prod-shipping", account=SHIPPING)
orders, billing = a_bus(), a_bus("acme-prod-billing", account=BILLING)
ROLE = role_arn()
MOVE = a_target(TO_BILLING, role_arn=ROLE)
subscription = a_rule(MOVE, account=BILLING)
RULE = subscription.arn
onward = a_rule(a_target(TO_SHIPPING), name="on", on=TO_BILLING, account=BILLING)
OTHERS = {"source": ["com.acme.billing"]}
PUT = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": TO_BILLING}
SENDER = role_arn("push", account=ORDERS)
pushed = a_rule(a_target(TO_BILLING, role_arn=SENDER))
LETS_SENDER = {**PUT, "Principal": {"AWS": SENDER}}
far = a_target(queue_arn(region="us-east-1", account=ORDERS))
OBJECTS = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
ON_DEFAULT = bus_arn("default")
PUT_RULE = {
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
    "Action": ["events:*Rule", "events:*Targets"],
    "Resource": f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*",
}
FAR = bus_arn(region="us-east-1")
REPLICATES = role_arn("replicates", account=ORDERS)
replicating = an_endpoint(orders.arn, FAR, role_arn=REPLICATES)


def replicates_to(*buses: str) -> Role:
    """A role that may put events on these buses."""
    put = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": list(buses)}
    return a_role("replicates", put, account=ORDERS)


CASES = [
    Case(
        "TOP001",
        f"rule 'on' would carry to {TO_SHIPPING} what rule 'acme-prod-billing--order-placed-v1' brought from "
        f"{orders.arn}: an event moves from bus to bus once",
        "Rule Targets.0",
        [subscription, onward],
        [subscription, a_rule(a_target(TO_SHIPPING), name="on", on=TO_BILLING, event_pattern=OTHERS)],
    ),
    Case(
        "TOP002",
        f"rule 'back' sends back to {orders.arn} what rule 'acme-prod-billing--order-placed-v1' sent",
        "Rule Targets.0",
        [subscription, a_rule(a_target(orders.arn), name="back", on=TO_BILLING)],
        [subscription, a_rule(a_target(orders.arn), name="back", on=TO_BILLING, event_pattern=OTHERS)],
    ),
    Case(
        "TOP003",
        f"rule 'acme-prod-billing--order-placed-v1' sends to {orders.arn}, its own bus",
        "Rule Targets.0",
        [a_rule(a_target(orders.arn))],
        [subscription],
    ),
    Case(
        "TOP004",
        f"rule 'acme-prod-billing--order-placed-v1' is on a bus of account {ORDERS} and targets {queue_arn()}, no bus",
        "Rule Targets.0",
        [a_rule(a_target(queue_arn()), account=BILLING)],
        [a_rule(a_target(queue_arn()), account=ORDERS)],
    ),
    Case(
        "TOP005",
        "target 'billing' of rule 'acme-prod-billing--order-placed-v1' is a bus and has InputPath",
        "Rule Targets.0.InputPath",
        [a_rule(a_target(TO_BILLING, input={"InputPath": "$.detail"}))],
        [a_rule(a_target(queue_arn(), input={"InputPath": "$.detail"}))],
    ),
    Case(
        "TOP006",
        f"target 'billing' of rule 'acme-prod-billing--order-placed-v1', bus {TO_BILLING}, has no role",
        "Rule Targets.0",
        [a_rule(a_target(TO_BILLING))],
        [subscription],
    ),
    Case(
        "TOP007",
        f"role {ROLE} can't put events on {TO_BILLING}: no statement allows it",
        "Rule Targets.0.RoleArn",
        [subscription, a_role()],
        [subscription, a_role("from-orders", PUT)],
        "no permission",
    ),
    Case(
        "TOP007",
        f"role {ROLE} can't put events on {TO_BILLING}: no template of the account declares role {ROLE}",
        "Rule Targets.0.RoleArn",
        [subscription],
        [a_rule(a_target(TO_BILLING, role_arn=role_arn(account="999999999999")))],
        "no role; of an account nobody read, nothing is said",
    ),
    Case(
        "TOP008",
        f"bus {TO_BILLING} does not let role {SENDER} in: no statement allows it",
        "Rule Targets.0.Arn",
        [pushed, billing],
        [pushed, billing, a_bus_policy(LETS_SENDER, on=TO_BILLING)],
    ),
    Case(
        "TOP009",
        f"rule 'acme-prod-billing--order-placed-v1' is on bus {orders.arn}, declared by no template",
        "Ruleacmeprodbillingorderplacedv1 EventBusName",
        [a_rule(MOVE)],
        [a_rule(MOVE), orders],
    ),
    Case(
        "TOP010",
        f"rule 'ship' is on bus 'acme-prod-orders' of account {BILLING}, which has none",
        "Ruleship EventBusName",
        [orders, a_rule(MOVE, name="ship", on=bus_arn(account=BILLING), account=BILLING)],
        [orders, a_rule(MOVE, name="ship", account=BILLING)],
    ),
    Case(
        "TOP011",
        f"rule 'acme-prod-billing--order-placed-v1' in us-east-1 is on bus {orders.arn} of eu-west-1",
        "Ruleacmeprodbillingorderplacedv1 EventBusName",
        [a_rule(MOVE, region="us-east-1")],
        [a_rule(MOVE)],
    ),
    Case(
        "TOP012",
        f"rule 'acme-prod-billing--order-placed-v1' sends to bus {TO_BILLING}, declared by no template",
        "Rule Targets.0.Arn",
        [subscription],
        [subscription, billing],
    ),
    Case(
        "TOP013",
        f"bus {orders.arn} does not let account {BILLING} do events:PutRule and events:PutTargets and "
        "events:DescribeRule and events:RemoveTargets and events:DeleteRule: no statement allows it",
        "Ruleacmeprodbillingorderplacedv1",
        [orders, subscription],
        [orders, subscription, a_bus_policy(PUT_RULE)],
    ),
    Case(
        "TOP014",
        f"target arn:aws:states:eu-west-1:{BILLING}:stateMachine:ship of rule 'acme-prod-billing--order-placed-v1' is "
        "in another account, and states can't be",
        "Rule Targets.0",
        [a_rule(a_target(f"arn:aws:states:eu-west-1:{BILLING}:stateMachine:ship"))],
        [a_rule(a_target(f"arn:aws:states:eu-west-1:{ORDERS}:stateMachine:ship"))],
    ),
    Case(
        "TOP015",
        f"target {far.arn} of rule 'acme-prod-billing--order-placed-v1' is not in eu-west-1, where the rule is",
        "Rule Targets.0",
        [a_rule(far)],
        [a_rule(a_target(bus_arn("far", region="us-east-1")))],
    ),
    Case(
        "TOP016",
        "rule 'daily' is on a schedule and on bus 'acme-prod-orders'",
        "Ruledaily ScheduleExpression",
        [a_rule(name="daily", schedule="rate(1 day)", event_pattern=None)],
        [a_rule(name="daily", on=bus_arn("default"), schedule="rate(1 day)", event_pattern=None), a_queue()],
    ),
    Case(
        "TOP017",
        f"archive 'orders' is of bus {orders.arn}, declared by no template",
        "Archive SourceArn",
        [an_archive()],
        [an_archive(), orders],
    ),
    Case(
        "TOP018",
        "endpoint 'acme-prod-orders' leads to buses of two names, acme-prod-orders and acme-dr-orders",
        "Endpoint EventBuses",
        [an_endpoint(orders.arn, bus_arn("acme-dr-orders", region="us-east-1"), replicates=False)],
        [an_endpoint(orders.arn, FAR, replicates=False)],
        id="names",
    ),
    Case(
        "TOP018",
        "endpoint 'acme-prod-orders' leads to two buses in one Region, eu-west-1",
        "Endpoint EventBuses",
        [an_endpoint(orders.arn, orders.arn, replicates=False)],
        [an_endpoint(orders.arn, FAR, replicates=False)],
        id="Region",
    ),
    Case(
        "TOP018",
        f"endpoint 'acme-prod-orders' leads to buses of two accounts, {orders.arn} and "
        f"{bus_arn(account=BILLING, region='us-east-1')}",
        "Endpoint EventBuses",
        [an_endpoint(orders.arn, bus_arn(account=BILLING, region="us-east-1"), replicates=False)],
        [an_endpoint(orders.arn, FAR, replicates=False)],
        id="accounts",
    ),
    Case(
        "TOP018",
        "endpoint 'acme-prod-orders' leads to 1 buses, it takes two",
        "Endpoint EventBuses",
        [an_endpoint(orders.arn, replicates=False)],
        [an_endpoint(orders.arn, FAR, replicates=False)],
        id="one",
    ),
    Case(
        "TOP019",
        "endpoint 'acme-prod-orders' can't replicate: it has no role",
        "Endpoint ReplicationConfig",
        [an_endpoint(orders.arn, FAR)],
        [an_endpoint(orders.arn, FAR, replicates=False)],
        id="no role",
    ),
    Case(
        "TOP019",
        "endpoint 'acme-prod-orders' can't replicate: role replicates may not put events on both buses: the statement "
        "at 111111111111/Rolereplicates (Policies.0.PolicyDocument.Statement.0) does not: "
        f"its resource is {orders.arn}, not {FAR}",
        "Endpoint RoleArn",
        [replicating, replicates_to(orders.arn)],
        [replicating, replicates_to(orders.arn, FAR)],
        id="one bus",
    ),
    Case(
        "TOP019",
        "endpoint 'acme-prod-orders' can't replicate: EventBridge may not assume role replicates: "
        "no statement allows it",
        "Endpoint RoleArn",
        [replicating, a_role("replicates", account=ORDERS, trust=())],
        [replicating, replicates_to(orders.arn, FAR)],
        id="trust",
    ),
    Case(
        "TOP020",
        f"rule 'objects' sends events of any account on to {TO_BILLING}",
        "Ruleobjects EventPattern",
        [a_rule(MOVE, name="objects", on=ON_DEFAULT, event_pattern=OBJECTS)],
        [a_rule(MOVE, name="objects", on=ON_DEFAULT, event_pattern={**OBJECTS, "account": [ORDERS]})],
    ),
    Case(
        "TOP020",
        f"rule 'objects' sends events of any account on to {TO_BILLING}",
        "Ruleobjects EventPattern",
        [a_rule(MOVE, name="objects", on=ON_DEFAULT, event_pattern={"$or": [OBJECTS, {"account": [ORDERS]}]})],
        [a_rule(a_target(queue_arn()), name="objects", on=ON_DEFAULT, event_pattern=OBJECTS)],
        "in one of two alternatives",
    ),
]
