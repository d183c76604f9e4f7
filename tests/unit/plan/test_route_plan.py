"""A route: the sender's rule and role, and the receiver's statement for just them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError, NamingError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.plan.route import RoutePlan, RouteWay, plan_acceptance, plan_route
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
PARCEL_SHIPPED = EventContract(service="fulfilment", event="ParcelShipped", detail={"type": "object"})

ORDERS = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
AUDIT = BusAddress("333333333333", "eu-west-1", "acme-prod-audit")
LOST = "arn:aws:sqs:eu-west-1:111111111111:acme-prod-orders--dead-letters"

RULE = "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-orders--order-placed-v1-to-audit"
ROLE = "arn:aws:iam::111111111111:role/acme-prod-orders--order-placed-v1-to-audit--eu-west-1"


def to_audit(*events: EventContract, **changed: Any) -> RouteWay:
    """The way of events of orders to audit's bus, with what the test is about."""
    given: dict[str, Any] = {"sender": ORDERS, "receiver": AUDIT, "naming": ACME, "service": "orders", **changed}
    return RouteWay(events=events or (ORDER_PLACED,), **given)


# -- the sender's side -------------------------------------------------------------------------------------


def test_a_route_is_the_senders_rule_on_its_own_bus_with_role_and_queue_of_the_sender() -> None:
    plan = plan_route(RoutePlan(way=to_audit(), owner="team-orders", dead_letter_arn=LOST))

    rule = plan.resources["OrdersRoutesOrderPlacedV1ToAudit"]
    assert rule["DependsOn"] == ["OrdersRoutesOrderPlacedV1ToAuditRole"]
    assert rule["Properties"] == {
        "Name": "acme-prod-orders--order-placed-v1-to-audit",
        "Description": "orders routes OrderPlaced.v1 to bus acme-prod-audit",
        "EventBusName": "acme-prod-orders",
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]},
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "acme-prod-orders--bus",
                "Arn": AUDIT.arn,
                "RoleArn": ROLE,
                "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400},
                "DeadLetterConfig": {"Arn": LOST},
            }
        ],
    }
    stamp = Stamp.from_metadata(rule["Metadata"])
    assert stamp is not None
    assert (stamp.service, stamp.owner, list(stamp.consumes)) == ("orders", "team-orders", [ORDER_PLACED.name])


def test_its_role_is_for_that_rule_and_for_that_bus_alone() -> None:
    role = plan_route(RoutePlan(way=to_audit())).resources["OrdersRoutesOrderPlacedV1ToAuditRole"]["Properties"]

    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    (policy,) = role["Policies"]
    assert trust["Condition"] == {
        "ArnLike": {"aws:SourceArn": RULE},
        "StringEquals": {"aws:SourceAccount": "111111111111"},
    }
    assert policy["PolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": AUDIT.arn}
    ]


def test_without_a_queue_the_reason_is_stamped() -> None:
    plan = plan_route(RoutePlan(way=to_audit(), dead_letters_off="a heartbeat"))

    rule = plan.resources["OrdersRoutesOrderPlacedV1ToAudit"]
    stamp = Stamp.from_metadata(rule["Metadata"])
    assert "DeadLetterConfig" not in rule["Properties"]["Targets"][0]
    assert stamp is not None
    assert stamp.disabled == {"dead_letter_queue": "a heartbeat"}


def test_a_filter_is_part_of_the_event_pattern() -> None:
    plan = plan_route(RoutePlan(way=to_audit(), detail={"status": ["paid"]}))

    assert plan.resources["OrdersRoutesOrderPlacedV1ToAudit"]["Properties"]["EventPattern"]["detail"] == {
        "status": ["paid"]
    }


# -- the receiver's side -----------------------------------------------------------------------------------


def test_the_receiver_lets_in_just_that_rule_by_just_its_role_with_just_these_events() -> None:
    plan = plan_acceptance(to_audit())

    (policy,) = plan.resources.values()
    assert policy["Type"] == "AWS::Events::EventBusPolicy"
    assert policy["Properties"] == {
        "EventBusName": "acme-prod-audit",
        "StatementId": "acme-prod-audit--orders--route-order-placed-v1",
        "Statement": {
            "Sid": "acme-prod-audit--orders--route-order-placed-v1",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
            "Action": "events:PutEvents",
            "Resource": AUDIT.arn,
            "Condition": {
                "ArnEquals": {"aws:PrincipalArn": ROLE},
                "ArnEqualsIfExists": {"aws:SourceArn": RULE},
                "StringEqualsIfExists": {"events:source": "com.acme.orders", "events:detail-type": "OrderPlaced.v1"},
            },
        },
    }


def test_a_route_within_an_account_needs_no_statement() -> None:
    way = to_audit(receiver=replace(AUDIT, account="111111111111"))

    with pytest.raises(DeclarationError, match="is let in by the policy of its role alone"):
        plan_acceptance(way)


def test_in_china_the_statement_carries_its_partition() -> None:
    way = to_audit(sender=replace(ORDERS, region="cn-north-1"), receiver=replace(AUDIT, region="cn-northwest-1"))

    statement = way.statement
    assert statement["Principal"] == {"AWS": "arn:aws-cn:iam::111111111111:root"}
    assert statement["Resource"].startswith("arn:aws-cn:events:cn-northwest-1:")


# -- names -------------------------------------------------------------------------------------------------


def test_routes_of_one_event_to_two_regions_are_told_apart_on_both_sides() -> None:
    near = to_audit()
    far = [to_audit(receiver=replace(AUDIT, region=region)) for region in ("us-east-1", "us-west-2")]
    from_far = to_audit(sender=replace(ORDERS, region="us-east-1"))

    ways = [near, *far, from_far]
    for names in (
        [way.rule_name for way in ways],
        [way.role_name for way in ways],
        [(way.receiver.region, way.statement["Sid"]) for way in ways],
    ):
        assert len(set(names)) == len(ways)
    assert far[0].rule_name == "acme-prod-orders--order-placed-v1-to-audit-us-east-1"


def test_the_name_is_the_same_whatever_the_order_of_its_events() -> None:
    assert to_audit(ORDER_PLACED, ORDER_CANCELLED).rule_name == to_audit(ORDER_CANCELLED, ORDER_PLACED).rule_name


def test_a_bus_off_the_convention_is_called_by_the_words_of_its_name() -> None:
    assert to_audit(receiver=replace(AUDIT, name="Legacy.Audit")).rule_name.endswith("-to-legacy-audit")


def test_a_bus_is_called_the_same_however_it_is_referred_to() -> None:
    inbox = replace(AUDIT, name=ACME.bus_name("audit", qualifier="inbox"))

    assert to_audit(receiver=inbox).rule_name.endswith("--order-placed-v1-to-audit-inbox")


# -- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "changed", "message"),
    [
        ([PARCEL_SHIPPED], {}, "'orders' can't route ParcelShipped.v1 of 'fulfilment': it came by a move"),
        ([ORDER_PLACED], {"receiver": ORDERS}, "a route must lead to another bus, got the own bus"),
        (
            [ORDER_PLACED],
            {"receiver": replace(AUDIT, region="us-gov-west-1")},
            "from eu-west-1 to us-gov-west-1: they are in two partitions, aws and aws-us-gov",
        ),
        ([ORDER_PLACED, ORDER_PLACED], {}, "OrderPlaced.v1 of 'orders' is named twice"),
    ],
)
def test_what_could_not_be_delivered_is_refused(
    events: list[EventContract], changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(DeclarationError, match=message):
        to_audit(*events, **changed)


def test_a_name_is_a_part_of_names() -> None:
    with pytest.raises(NamingError, match="name must be lower-case words"):
        to_audit(name="To Audit")
