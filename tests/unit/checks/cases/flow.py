"""Faults of flows."""

from typing import Any

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bucket,
    a_bus,
    a_bus_policy,
    a_location,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_schema,
    a_target,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from tests.flows import (
    INVOICES,
    ON_BILLING,
    ON_ORDERS,
    ORDER_CONFIRMED,
    ORDER_PLACED,
    PARTS,
    PUT_EVENTS,
    PUT_RULES,
    a_delivery,
    a_mover,
    pattern_of,
    the_flow,
)
from tests.unit.checks.case import Case

LOST = f"orders/OrderPlaced.v1 from acme-prod-orders to {INVOICES} does not arrive; not so: "
RULE = "acme-prod-billing--order-placed-v1"
TOTAL = {"type": "object", "required": ["total"], "properties": {"total": {"type": "number"}}}
OVER_100 = pattern_of(ORDER_PLACED, total=[{"numeric": [">", 100]}])
UNDER_50 = pattern_of(ORDER_PLACED, total=[{"numeric": ["<", 50]}])
OVER_200 = pattern_of(ORDER_PLACED, total=[{"numeric": [">", 200]}])
OF_OTHERS = {**PUT_RULES, "Principal": {"AWS": "arn:aws:iam::333333333333:root"}}

CONFIRM = f"arn:aws:lambda:eu-west-1:{ORDERS}:function:confirm"
TO_CONFIRM, AUDIT = queue_arn("confirmations", account=ORDERS), queue_arn("audit", account=ORDERS)
orders = a_bus(stamp=Stamp(service="orders", publishes=(ORDER_PLACED, ORDER_CONFIRMED)))


function = a_receiver(CONFIRM, "AWS::Lambda::Function", role_arn=role_arn("confirm", account=ORDERS))


def a_publisher(event: EventStamp) -> Role:
    held = {"events:source": event.source, "events:detail-type": event.detail_type}
    permission = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": ON_ORDERS}
    return a_role("confirm", {**permission, "Condition": {"StringEquals": held}}, account=ORDERS)


def a_feed(source: str, to: str) -> Feed:
    return Feed(source_arn=source, to_arn=to, account=ORDERS, region="eu-west-1", location=a_location("Mapping"))


ON_DEFAULT, UPLOADS = bus_arn("default"), "acme-prod-uploads"


def a_handler(**detail: Any) -> list[Element]:
    """Return a function for the objects created in a bucket, without its role."""
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    return [a_bucket(UPLOADS), a_rule(a_target(CONFIRM), on=ON_DEFAULT, event_pattern=pattern), function]


def a_writer(*resources: str) -> Role:
    return a_role("confirm", {"Effect": "Allow", "Action": "s3:Put*", "Resource": list(resources)}, account=ORDERS)


OF_UPLOADS = {"name": [UPLOADS]}


def undeclared(**properties: Any) -> list[Element]:
    return [PARTS["bus"], a_rule(a_target(AUDIT), name="audit", **properties)]


CASES = [
    Case(
        "FLW001",
        f"{LOST}a rule on {ON_ORDERS} brings orders/OrderPlaced.v1 to {ON_BILLING}: there is none",
        "Ruleorderplacedv1",
        the_flow(mover=None),
        the_flow(),
        "no rule brings it",
    ),
    Case(
        "FLW001",
        f"{LOST}{INVOICES} lets rule order-placed-v1 in: no statement allows it",
        "Rule Targets.0.Arn",
        the_flow(queue_policy=None),
        the_flow(),
        "the queue has no policy",
    ),
    Case(
        "FLW001",
        f"{LOST}account {BILLING} may put rule {RULE} on {ON_ORDERS}: events:PutRule: the statement at "
        f"{ORDERS}/Policyeventbusacmeprodorders (PolicyDocument.Statement.0) does not: it is for "
        f"arn:aws:iam::333333333333:root, not account {BILLING}",
        "Ruleacmeprodbillingorderplacedv1",
        the_flow(bus_policy=a_bus_policy(OF_OTHERS)),
        the_flow(bus_policy=a_bus_policy(OF_OTHERS, PUT_RULES)),
        "the policy of the bus refuses the consumer's rule",
    ),
    Case(
        "FLW001",
        f"{LOST}role from-orders may do events:PutEvents on {ON_BILLING}: no statement allows it",
        "Rolefromorders",
        the_flow(role=a_role("from-orders")),
        the_flow(role=a_role("from-orders", PUT_EVENTS)),
        "the role has no permission",
    ),
    Case(
        "FLW001",
        f"{LOST}EventBridge may assume role from-orders for the rule: no statement allows it",
        "Rolefromorders",
        the_flow(role=a_role("from-orders", PUT_EVENTS, trust=())),
        the_flow(role=a_role("from-orders", PUT_EVENTS)),
        "the role trusts nobody",
    ),
    Case(
        "FLW001",
        f"{LOST}some orders/OrderPlaced.v1 passes rule {RULE} and rule order-placed-v1: detail.total: it is a value of "
        "type number, which can't satisfy [{'numeric': ['>', 100]}] and [{'numeric': ['<', 50]}]",
        "Ruleorderplacedv1 EventPattern",
        the_flow(
            schema=a_schema(TOTAL), mover=a_mover(event_pattern=OVER_100), delivery=a_delivery(event_pattern=UNDER_50)
        ),
        the_flow(
            schema=a_schema(TOTAL), mover=a_mover(event_pattern=OVER_100), delivery=a_delivery(event_pattern=OVER_200)
        ),
        "no event passes both filters",
    ),
    Case(
        "FLW001",
        f"{LOST}rule order-placed-v1 is on: it is disabled",
        "Ruleorderplacedv1 State",
        the_flow(delivery=a_delivery(enabled=False)),
        the_flow(),
        "the rule is disabled",
    ),
    Case(
        "FLW001",
        f"{LOST}{INVOICES} is there: no template of its account declares it",
        "Rule Targets.0",
        the_flow(queue=None),
        the_flow(queue=a_queue("invoices")),
        "the queue is not there",
    ),
    Case(
        "FLW002",
        f"rule 'audit' takes orders/OrderPlaced.v1 to {AUDIT}, which nobody declared",
        "Ruleaudit",
        undeclared(),
        undeclared(stamp=Stamp(service="orders", consumes=(ORDER_PLACED.name,))),
    ),
    Case(
        "FLW002",
        f"rule 'audit' takes orders/OrderPlaced.v1 to {AUDIT}, which nobody declared",
        "Ruleaudit",
        undeclared(event_pattern={"source": [{"prefix": "com.acme."}]}),
        undeclared(event_pattern={"source": [{"prefix": "com.acme."}], "detail-type": ["OrderConfirmed.v1"]}),
        "by a wide event pattern",
    ),
    Case(
        "FLW002",
        f"rule 'audit' takes orders/OrderPlaced.v1 to {queue_arn('audit')}, which nobody declared",
        "Ruleaudit",
        [*the_flow(), a_rule(a_target(queue_arn("audit")), name="audit", on=ON_BILLING)],
        [*the_flow(), a_rule(a_target(queue_arn("audit")), name="audit", on=ON_BILLING, enabled=False)],
        "from the bus of the consumer",
    ),
    Case(
        "FLW003",
        "function:confirm gets orders/OrderPlaced.v1 and may publish orders/OrderPlaced.v1 on acme-prod-orders, which "
        "comes back to it",
        "Rule Targets.0",
        [orders, a_rule(a_target(CONFIRM)), function, a_publisher(ORDER_PLACED)],
        [orders, a_rule(a_target(CONFIRM)), function, a_publisher(ORDER_CONFIRMED)],
    ),
    Case(
        "FLW003",
        "function:confirm gets orders/OrderPlaced.v1 and may publish orders/OrderPlaced.v1 on acme-prod-orders, which "
        "comes back to it",
        "Rule Targets.0",
        [
            orders,
            a_rule(a_target(TO_CONFIRM)),
            a_feed(TO_CONFIRM, f"{CONFIRM}:live"),
            function,
            a_publisher(ORDER_PLACED),
        ],
        [orders, a_rule(a_target(TO_CONFIRM)), a_feed(AUDIT, CONFIRM), function, a_publisher(ORDER_PLACED)],
        "through a queue and an event source mapping",
    ),
    Case(
        "FLW004",
        f"function:confirm gets every object created in bucket {UPLOADS!r} and may write there, which comes back to it",
        "Rule Targets.0",
        [*a_handler(bucket=OF_UPLOADS), a_writer(f"arn:aws:s3:::{UPLOADS}/*")],
        [*a_handler(bucket=OF_UPLOADS), a_writer("arn:aws:s3:::acme-prod-thumbnails/*")],
    ),
    Case(
        "FLW004",
        f"function:confirm gets every object created in bucket {UPLOADS!r} and may write there, which comes back to it",
        "Rule Targets.0",
        [*a_handler(bucket=OF_UPLOADS), a_writer(f"arn:aws:s3:::{UPLOADS}/out/*")],
        [
            *a_handler(bucket=OF_UPLOADS, object={"key": [{"prefix": "in/"}]}),
            a_writer(f"arn:aws:s3:::{UPLOADS}/out/*"),
        ],
        "of certain keys, which the rule does not tell apart",
    ),
]
