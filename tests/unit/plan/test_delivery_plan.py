from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.plan import TargetInput
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.inbox import plan_inbox
from cdk_eventbridge_patterns.plan.queue import QueueAddress
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import Target, TargetKind, key_statement
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
BILLING = Subscriber(service="billing", bus=BusAddress("222222222222", "eu-west-1", "acme-prod-billing"), naming=ACME)
LOST = QueueAddress.of(ACME, "billing", "dead-letters", account="222222222222", region="eu-west-1")

HERE = "eu-west-1:222222222222"
RULE = f"arn:aws:events:{HERE}:rule/acme-prod-billing/acme-prod-billing--invoices"
ARNS = {
    TargetKind.QUEUE: f"arn:aws:sqs:{HERE}:invoices",
    TargetKind.TOPIC: f"arn:aws:sns:{HERE}:invoices",
    TargetKind.FUNCTION: f"arn:aws:lambda:{HERE}:function:invoices",
    TargetKind.LOG_GROUP: f"arn:aws:logs:{HERE}:log-group:invoices",
    TargetKind.STATE_MACHINE: f"arn:aws:states:{HERE}:stateMachine:invoices",
    TargetKind.STREAM: f"arn:aws:kinesis:{HERE}:stream/invoices",
    TargetKind.API_DESTINATION: f"arn:aws:events:{HERE}:api-destination/invoices/1",
}


def deliver_to(kind: TargetKind, *, target: dict[str, Any] | None = None, **changed: Any) -> dict[str, dict[str, Any]]:
    """The resources of a delivery of billing's to a target of one kind, with what the test is about."""
    declared: dict[str, Any] = {
        "subscriber": BILLING,
        "events": (ORDER_PLACED,),
        "name": "invoices",
        "target": Target(kind=kind, arn=ARNS[kind], **target or {}),
        "dead_letter_arn": LOST.arn,
    }
    return plan_delivery(DeliveryPlan(**declared | changed)).resources


def target_of(resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (target,) = resources["BillingDeliversInvoices"]["Properties"]["Targets"]
    found: dict[str, Any] = target
    return found


@pytest.mark.parametrize("kind", [TargetKind.QUEUE, TargetKind.TOPIC])
def test_queues_and_topics_need_just_the_rule_since_their_policy_belongs_to_their_owner(kind: TargetKind) -> None:
    assert set(deliver_to(kind)) == {"BillingDeliversInvoices"}


def test_the_rule_is_on_the_own_bus_by_name() -> None:
    rule = deliver_to(TargetKind.QUEUE)["BillingDeliversInvoices"]["Properties"]

    assert rule == {
        "Name": "acme-prod-billing--invoices",
        "Description": "billing delivers OrderPlaced.v1 to a queue",
        "EventBusName": "acme-prod-billing",
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]},
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "acme-prod-billing--queue",
                "Arn": ARNS[TargetKind.QUEUE],
                "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400},
                "DeadLetterConfig": {"Arn": LOST.arn},
            }
        ],
    }


def test_a_function_lets_this_rule_alone_invoke_it() -> None:
    resources = deliver_to(TargetKind.FUNCTION)

    assert resources["BillingDeliversInvoicesPermission"] == {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": ARNS[TargetKind.FUNCTION],
            "Principal": "events.amazonaws.com",
            "SourceArn": RULE,
        },
    }
    assert "RoleArn" not in target_of(resources)


def test_a_log_group_lets_this_rule_alone_write_to_its_streams() -> None:
    resources = deliver_to(TargetKind.LOG_GROUP)

    policy = resources["BillingDeliversInvoicesLogPolicy"]["Properties"]
    create, write = json.loads(policy["PolicyDocument"])["Statement"]
    assert policy["PolicyName"] == "acme-prod-billing--invoices"
    assert create["Action"] == "logs:CreateLogStream"
    assert write["Action"] == "logs:PutLogEvents"
    assert write["Resource"] == f"{ARNS[TargetKind.LOG_GROUP]}:*"
    assert write["Condition"] == {"ArnEquals": {"aws:SourceArn": RULE}}
    assert resources["BillingDeliversInvoices"]["DependsOn"] == ["BillingDeliversInvoicesLogPolicy"]


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        (TargetKind.STATE_MACHINE, "states:StartExecution"),
        (TargetKind.STREAM, ["kinesis:PutRecord", "kinesis:PutRecords"]),
        (TargetKind.API_DESTINATION, "events:InvokeApiDestination"),
    ],
)
def test_other_targets_are_reached_by_a_role_for_this_rule_and_this_target(
    kind: TargetKind, actions: str | list[str]
) -> None:
    resources = deliver_to(kind)

    role = resources["BillingDeliversInvoicesRole"]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"] == {
        "ArnLike": {"aws:SourceArn": RULE},
        "StringEquals": {"aws:SourceAccount": "222222222222"},
    }
    assert role["Policies"][0]["PolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Action": actions, "Resource": ARNS[kind]}
    ]
    assert target_of(resources)["RoleArn"] == f"arn:aws:iam::222222222222:role/{role['RoleName']}"
    assert resources["BillingDeliversInvoices"]["DependsOn"] == ["BillingDeliversInvoicesRole"]


def test_the_role_may_use_the_key_that_encrypts_its_target() -> None:
    key = f"arn:aws:kms:{HERE}:key/1"

    role = deliver_to(TargetKind.STREAM, target={"key": key_statement(TargetKind.STREAM, key)})[
        "BillingDeliversInvoicesRole"
    ]["Properties"]

    assert role["Policies"][0]["PolicyDocument"]["Statement"][1] == {
        "Effect": "Allow",
        "Action": "kms:GenerateDataKey",
        "Resource": key,
    }


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_of_target_has_a_target_id_of_its_own(kind: TargetKind) -> None:
    assert target_of(deliver_to(kind))["Id"] == f"acme-prod-billing--{kind.name.lower().replace('_', '-')}"


def test_a_fifo_queue_is_given_its_message_group() -> None:
    target = target_of(deliver_to(TargetKind.QUEUE, target={"message_group_id": "invoices"}))

    assert target["SqsParameters"] == {"MessageGroupId": "invoices"}


def test_what_the_target_receives_stands_beside_it() -> None:
    target = target_of(deliver_to(TargetKind.QUEUE, input=TargetInput.from_path("$.detail")))

    assert target["InputPath"] == "$.detail"


def test_an_input_must_be_made_as_one() -> None:
    with pytest.raises(DeclarationError, match=r"input must be a TargetInput, such as TargetInput\.from_path"):
        deliver_to(TargetKind.QUEUE, input={"InputPath": "$.detail"})


def takes_replays(kind: TargetKind, **said: Any) -> bool:
    """Return whether the event pattern of a delivery lets through what a replay brings."""
    pattern = deliver_to(kind, **said)["BillingDeliversInvoices"]["Properties"]["EventPattern"]
    known = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
    assert pattern in (known, {**known, "replay-name": [{"exists": False}]})
    return "replay-name" not in pattern


def test_what_acts_outside_gets_no_replays_and_what_can_tell_them_does() -> None:
    assert {kind for kind in TargetKind if not takes_replays(kind)} == {TargetKind.TOPIC, TargetKind.API_DESTINATION}


@pytest.mark.parametrize("kind", TargetKind)
@pytest.mark.parametrize("replays", [True, False])
def test_whether_replays_are_taken_is_said_for_any_target_and_stamped(kind: TargetKind, *, replays: bool) -> None:
    stamp = Stamp.from_metadata(deliver_to(kind, replays=replays)["BillingDeliversInvoices"]["Metadata"])

    assert takes_replays(kind, replays=replays) is replays
    assert stamp is not None
    assert stamp.replays is replays


def test_replays_are_taken_or_not() -> None:
    with pytest.raises(DeclarationError, match="replays must be True or False, got 'sometimes'"):
        deliver_to(TargetKind.QUEUE, replays="sometimes")


def test_without_a_dead_letter_queue_the_reason_is_stamped() -> None:
    resources = deliver_to(TargetKind.QUEUE, dead_letter_arn=None, dead_letters_off="a heartbeat")

    assert "DeadLetterConfig" not in target_of(resources)
    stamp = Stamp.from_metadata(resources["BillingDeliversInvoices"]["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"dead_letter_queue": "a heartbeat"}


# -- inbox -------------------------------------------------------------------------------------------------


def test_an_inbox_is_a_queue_for_each_event_which_only_its_own_rule_may_fill() -> None:
    resources = plan_inbox(BILLING, (ORDER_PLACED, ORDER_CANCELLED), LOST).resources

    for event in ("OrderPlaced", "OrderCancelled"):
        rule = resources[f"BillingDeliversOrders{event}V1"]["Properties"]
        queue = resources[f"BillingOrders{event}V1Queue"]["Properties"]
        policy = resources[f"BillingOrders{event}V1QueuePolicy"]["Properties"]["PolicyDocument"]
        assert rule["Targets"][0]["Arn"] == f"arn:aws:sqs:{HERE}:{queue['QueueName']}"
        assert policy["Statement"][0]["Condition"] == {
            "ArnEquals": {"aws:SourceArn": BILLING.bus.rule_arn(rule["Name"])}
        }


def test_messages_that_fail_five_times_go_where_undelivered_events_go() -> None:
    resources = plan_inbox(BILLING, (ORDER_PLACED,), LOST).resources

    queue = resources["BillingOrdersOrderPlacedV1Queue"]["Properties"]
    target = resources["BillingDeliversOrdersOrderPlacedV1"]["Properties"]["Targets"][0]
    assert queue["RedrivePolicy"] == {"deadLetterTargetArn": LOST.arn, "maxReceiveCount": 5}
    assert target["DeadLetterConfig"] == {"Arn": LOST.arn}


def test_events_of_two_producers_may_have_one_name() -> None:
    of_fulfilment = EventContract(service="fulfilment", event="OrderPlaced", detail={"type": "object"})

    resources = plan_inbox(BILLING, (ORDER_PLACED, of_fulfilment), LOST).resources

    assert {"BillingOrdersOrderPlacedV1Queue", "BillingFulfilmentOrderPlacedV1Queue"} < set(resources)


def test_an_input_that_reads_what_no_event_has_is_refused() -> None:
    detail = {"type": "object", "properties": {"status": {"type": "string"}}}
    shipped = EventContract(service="orders", event="OrderShipped", detail=detail)
    target = Target(kind=TargetKind.QUEUE, arn=ARNS[TargetKind.QUEUE])

    def reads(path: str, *events: EventContract) -> DeliveryPlan:
        input = TargetInput.from_template('{"status": "<status>"}', paths={"status": path})
        return DeliveryPlan(subscriber=BILLING, events=events, name="invoices", target=target, input=input)

    with pytest.raises(DeclarationError) as refused:
        reads("$.detail.statuss", shipped)

    assert str(refused.value) == (
        "input must read what OrderShipped.v1 has, got '$.detail.statuss': "
        "$.detail has no field 'statuss'; the nearest is 'status'"
    )
    assert reads("$.detail.status", shipped).input is not None
    assert reads("$.detail.statuss", shipped, ORDER_PLACED).input is not None  # which may have any field
