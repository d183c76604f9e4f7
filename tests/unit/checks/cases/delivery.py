"""Faults of deliveries."""

from typing import Any

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_policy,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    an_archive,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.unit.checks.case import Case

RULE = f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--order-placed-v1"
QUEUE, LOST = queue_arn("invoices", account=ORDERS), queue_arn("lost", account=ORDERS)
STREAM = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
SEND = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage"}


def lets_in(arn: str, rule: str = RULE) -> ResourcePolicy:
    return a_policy(arn, {**SEND, "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": rule}}})


def queue(name: str, **properties: Any) -> Receiver:
    return a_queue(name, account=ORDERS, **properties)


TO_QUEUE = a_target(QUEUE, dead_letter_arn=LOST)
PUT = {"Effect": "Allow", "Action": "kinesis:PutRecord", "Resource": STREAM}
BY_ROLE = a_target(STREAM, role_arn=role_arn("deliver", account=ORDERS), dead_letter_arn=LOST)
stream = a_receiver(STREAM, "AWS::Kinesis::Stream")
TOPIC = f"arn:aws:sns:eu-west-1:{ORDERS}:customers"
API = f"arn:aws:events:eu-west-1:{ORDERS}:api-destination/crm/11111111-2222-3333-4444-555555555555"
PATTERN = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
FIFO = queue_arn("orders.fifo", account=ORDERS)

CASES = [
    Case(
        "DLV001",
        "target 'billing' of rule 'acme-prod-billing--order-placed-v1' has no dead-letter queue",
        "Rule Targets.0",
        [a_rule(a_target(QUEUE))],
        [a_rule(TO_QUEUE)],
    ),
    Case(
        "DLV002",
        f"dead-letter queue {LOST} does not let rule 'acme-prod-billing--order-placed-v1' in: the statement at "
        f"{ORDERS}/Policylost (PolicyDocument.Statement.0) does not: ArnEquals aws:sourcearn is "
        f"arn:aws:events:eu-west-1:{ORDERS}:rule/ship, and that of the request is {RULE}",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [a_rule(TO_QUEUE), queue("lost"), lets_in(LOST, f"arn:aws:events:eu-west-1:{ORDERS}:rule/ship")],
        [a_rule(TO_QUEUE), queue("lost"), lets_in(LOST)],
        "another rule",
    ),
    Case(
        "DLV002",
        f"dead-letter queue {LOST} does not let rule 'acme-prod-billing--order-placed-v1' in: no statement allows it",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [a_rule(TO_QUEUE), queue("lost")],
        [a_rule(a_target(QUEUE, dead_letter_arn=queue_arn("lost", account="999999999999")))],
        "no policy; of an account nobody read, nothing is said",
    ),
    Case(
        "DLV003",
        f"dead-letter queue {LOST} of target 'billing' is a FIFO queue",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [a_rule(TO_QUEUE), queue("lost", fifo=True)],
        [a_rule(TO_QUEUE), queue("lost")],
    ),
    Case(
        "DLV004",
        f"dead-letter queue {queue_arn(region='us-east-1')} is not in eu-west-1, as its rule is",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [a_rule(a_target(QUEUE, dead_letter_arn=queue_arn(region="us-east-1")))],
        [a_rule(a_target(QUEUE, dead_letter_arn=queue_arn()))],
    ),
    Case(
        "DLV005",
        f"dead-letter queue {LOST} of target 'billing' is declared by no template",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [a_rule(TO_QUEUE)],
        [a_rule(TO_QUEUE), queue("lost")],
    ),
    Case(
        "DLV006",
        f"{QUEUE} does not let rule 'acme-prod-billing--order-placed-v1' deliver: no statement allows it",
        "Rule Targets.0",
        [a_rule(TO_QUEUE), queue("invoices")],
        [a_rule(TO_QUEUE), queue("invoices"), lets_in(QUEUE)],
    ),
    Case(
        "DLV006",
        f"{queue_arn('invoices')} does not let rule 'acme-prod-billing--order-placed-v1' deliver: no statement allows "
        "it",
        "Rule Targets.0",
        [
            a_rule(a_target(queue_arn("invoices"), role_arn=role_arn("deliver", account=ORDERS))),
            a_queue("invoices", account=BILLING),
        ],
        [
            a_rule(a_target(queue_arn("invoices"), role_arn=role_arn("deliver", account=ORDERS))),
            a_queue("invoices", account=BILLING),
            a_policy(
                queue_arn("invoices"),
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": role_arn("deliver", account=ORDERS)},
                    "Action": "sqs:SendMessage",
                    "Resource": queue_arn("invoices"),
                },
            ),
        ],
        "by a role of another account",
    ),
    Case(
        "DLV007",
        f"target {QUEUE} of rule 'acme-prod-billing--order-placed-v1' is declared by no template",
        "Rule Targets.0",
        [a_rule(TO_QUEUE)],
        [a_rule(TO_QUEUE), queue("invoices")],
    ),
    Case(
        "DLV008",
        f"target 'billing' of rule 'acme-prod-billing--order-placed-v1', {STREAM}, has no role",
        "Rule Targets.0",
        [a_rule(a_target(STREAM))],
        [a_rule(BY_ROLE)],
    ),
    Case(
        "DLV008",
        f"target 'billing' of rule 'acme-prod-billing--order-placed-v1', {queue_arn()}, in another account has no role",
        "Rule Targets.0",
        [a_rule(a_target(queue_arn()))],
        [a_rule(TO_QUEUE)],
        "a queue needs none in its own account",
    ),
    Case(
        "DLV009",
        f"role {role_arn('deliver', account=ORDERS)} can't deliver to {STREAM}: no statement allows it",
        "Rule Targets.0.RoleArn",
        [a_rule(BY_ROLE), stream, a_role("deliver", account=ORDERS)],
        [a_rule(BY_ROLE), stream, a_role("deliver", PUT, account=ORDERS)],
        "no permission",
    ),
    Case(
        "DLV009",
        f"role {role_arn('deliver', account=ORDERS)} can't deliver to {STREAM}: EventBridge may not assume it: no "
        "statement allows it",
        "Rule Targets.0.RoleArn",
        [a_rule(BY_ROLE), stream, a_role("deliver", PUT, account=ORDERS, trust=())],
        [a_rule(BY_ROLE), stream, a_role("deliver", PUT, account=ORDERS)],
        "no trust",
    ),
    Case(
        "DLV010",
        "target 'billing' of rule 'acme-prod-billing--order-placed-v1' is tried just once",
        "Rule Targets.0.RetryPolicy",
        [a_rule(a_target(QUEUE, max_attempts=0))],
        [a_rule(a_target(QUEUE, max_attempts=1))],
    ),
    Case(
        "DLV011",
        f"FIFO queue {FIFO} is sent events without a MessageGroupId",
        "Rule Targets.0",
        [a_rule(a_target(FIFO))],
        [a_rule(a_target(FIFO, parameters={"SqsParameters": {"MessageGroupId": "orders"}}))],
    ),
    Case(
        "DLV012",
        "rule 'acme-prod-billing--order-placed-v1' has no target",
        "Ruleacmeprodbillingorderplacedv1",
        [a_rule()],
        [a_rule(TO_QUEUE)],
    ),
    Case(
        "DLV013",
        f"dead-letter queue {LOST} does not let bus 'acme-prod-orders' in: no statement allows it",
        "Busacmeprodorders DeadLetterConfig.Arn",
        [a_bus(dead_letter_arn=LOST), queue("lost")],
        [a_bus(dead_letter_arn=LOST), queue("lost"), lets_in(LOST, bus_arn())],
    ),
    Case(
        "DLV014",
        "a replay reaches target 'billing' of rule 'acme-prod-billing--order-placed-v1', which acts outside, again",
        "Ruleacmeprodbillingorderplacedv1 EventPattern",
        [a_rule(a_target(TOPIC)), an_archive()],
        [a_rule(a_target(TOPIC), event_pattern={**PATTERN, "replay-name": [{"exists": False}]}), an_archive()],
        "a topic",
    ),
    Case(
        "DLV014",
        "a replay reaches target 'billing' of rule 'acme-prod-billing--order-placed-v1', which acts outside, again",
        "Ruleacmeprodbillingorderplacedv1 EventPattern",
        [a_rule(a_target(API)), an_archive(event_pattern={"source": ["com.acme.orders"]})],
        [a_rule(a_target(API)), an_archive(event_pattern={"source": ["com.acme.billing"]})],
        "an API, and an archive that keeps other events",
    ),
    Case(
        "DLV014",
        "a replay reaches target 'billing' of rule 'acme-prod-billing--order-placed-v1', which acts outside, again",
        "Ruleacmeprodbillingorderplacedv1 EventPattern",
        [
            a_rule(
                a_target(TOPIC),
                event_pattern={"$or": [{"replay-name": [{"exists": False}]}, {"source": ["com.acme.orders"]}]},
            ),
            an_archive(),
        ],
        [
            a_rule(a_target(TOPIC), stamp=Stamp(service="billing", replays=True)),
            an_archive(),
        ],
        "one alternative leaves them out, the other does not; somebody said so",
    ),
]
