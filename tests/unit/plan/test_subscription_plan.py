from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes, Plan, RetryPolicy
from cdk_eventbridge_patterns.plan.queue import QueueAddress, queue_policy
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, check_not_twice, plan_subscriptions
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
DETAIL = {"type": "object"}
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=DETAIL)
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail=DETAIL)
PARCEL_SHIPPED = EventContract(service="fulfilment", event="ParcelShipped", detail=DETAIL)

ON_ORDERS = BusReference.of("orders", account="111111111111")
ON_FULFILMENT = BusReference.of("fulfilment", account="333333333333")

BILLING = Subscriber(
    service="billing",
    bus=BusAddress("222222222222", "eu-west-1", "acme-prod-billing"),
    naming=ACME,
    owner="team-billing",
)
LOST = QueueAddress.of(ACME, "billing", "subscription-dead-letters", account="222222222222", region="eu-west-1")


def billing_takes(*events: EventContract, on: BusReference = ON_ORDERS, **changed: Any) -> SubscriptionPlan:
    """A subscription of billing's to events of orders, with what the test is about."""
    return SubscriptionPlan(subscriber=BILLING, wanted=Consumes(*events, on=on, **changed), dead_letter_arn=LOST.arn)


def of_type(plan: Plan, resource_type: str) -> dict[str, dict[str, Any]]:
    return {key: value for key, value in plan.resources.items() if value["Type"] == resource_type}


def test_a_subscription_is_the_consumers_rule_on_the_producers_bus_by_arn() -> None:
    rule = plan_subscriptions([billing_takes(ORDER_PLACED)]).resources["BillingTakesOrdersOrderPlacedV1"]

    assert rule["DependsOn"] == ["BillingFromOrdersRole"]
    assert rule["Properties"] == {
        "Name": "acme-prod-billing--order-placed-v1",
        "Description": "billing takes OrderPlaced.v1",
        "EventBusName": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders",
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]},
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "acme-prod-billing--bus",
                "Arn": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing",
                "RoleArn": "arn:aws:iam::222222222222:role/acme-prod-billing--from-orders--eu-west-1",
                "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400},
                "DeadLetterConfig": {
                    "Arn": "arn:aws:sqs:eu-west-1:222222222222:acme-prod-billing--subscription-dead-letters"
                },
            }
        ],
    }


def test_its_role_delivers_to_the_consumers_bus_and_trusts_the_consumers_rules_there_only() -> None:
    role = plan_subscriptions([billing_takes(ORDER_PLACED)]).resources["BillingFromOrdersRole"]["Properties"]

    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    (policy,) = role["Policies"]
    assert trust["Principal"] == {"Service": "events.amazonaws.com"}
    assert trust["Condition"] == {
        "ArnLike": {
            "aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-billing--*"
        },
        "StringEquals": {"aws:SourceAccount": "111111111111"},
    }
    assert policy["PolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Action": "events:PutEvents",
            "Resource": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing",
        }
    ]


def test_two_rules_on_one_bus_share_a_role() -> None:
    plan = plan_subscriptions([billing_takes(ORDER_PLACED), billing_takes(ORDER_CANCELLED)])

    assert set(of_type(plan, "AWS::IAM::Role")) == {"BillingFromOrdersRole"}
    for rule in of_type(plan, "AWS::Events::Rule").values():
        assert rule["DependsOn"] == ["BillingFromOrdersRole"]


def test_rules_on_two_buses_have_a_role_each() -> None:
    plan = plan_subscriptions([billing_takes(ORDER_PLACED), billing_takes(PARCEL_SHIPPED, on=ON_FULFILMENT)])

    assert set(of_type(plan, "AWS::IAM::Role")) == {"BillingFromOrdersRole", "BillingFromFulfilmentRole"}


def test_two_buses_of_one_producer_have_a_role_each() -> None:
    audit = BusReference.of("orders", account="111111111111", qualifier="audit")

    plan = plan_subscriptions([billing_takes(ORDER_PLACED), billing_takes(ORDER_CANCELLED, on=audit)])

    assert set(of_type(plan, "AWS::IAM::Role")) == {"BillingFromOrdersRole", "BillingFromOrdersAuditRole"}


def test_a_role_that_is_there_already_is_not_made_again() -> None:
    there = {"BillingFromOrdersRole": ON_ORDERS.resolve(ACME, "eu-west-1")}

    plan = plan_subscriptions([billing_takes(ORDER_PLACED)], there)

    assert set(plan.resources) == {"BillingTakesOrdersOrderPlacedV1"}
    assert "DependsOn" not in plan.resources["BillingTakesOrdersOrderPlacedV1"]


def test_a_role_is_not_lent_to_rules_on_another_bus() -> None:
    moved = BusReference.of("orders", account="444444444444")

    with pytest.raises(DeclarationError, match="'orders' must have one bus, got"):
        plan_subscriptions([billing_takes(ORDER_PLACED), billing_takes(ORDER_CANCELLED, on=moved)])


def test_several_events_are_taken_by_one_rule() -> None:
    plan = plan_subscriptions([billing_takes(ORDER_PLACED, ORDER_CANCELLED, name="orders")])

    rule = plan.resources["BillingTakesOrdersOrders"]["Properties"]
    assert rule["EventPattern"]["detail-type"] == ["OrderCancelled.v1", "OrderPlaced.v1"]
    assert rule["Description"] == "billing takes OrderCancelled.v1, OrderPlaced.v1"


def test_the_dead_letter_policy_names_the_rule_in_the_producers_account_and_on_its_bus() -> None:
    subscription = billing_takes(ORDER_PLACED)

    allow, deny = queue_policy(LOST.arn, [subscription.rule_arn])["Statement"]

    assert allow["Principal"] == {"Service": "events.amazonaws.com"}
    assert allow["Action"] == "sqs:SendMessage"
    assert allow["Condition"] == {
        "ArnEquals": {
            "aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:"
            "rule/acme-prod-orders/acme-prod-billing--order-placed-v1"
        }
    }
    assert deny["Effect"] == "Deny"
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_a_queue_that_no_rule_uses_is_open_to_nobody() -> None:
    (deny,) = queue_policy(LOST.arn, [])["Statement"]

    assert deny["Effect"] == "Deny"


def test_without_a_dead_letter_queue_the_reason_is_stamped() -> None:
    off = replace(billing_takes(ORDER_PLACED), dead_letter_arn=None, dead_letters_off="a heartbeat")

    rule = plan_subscriptions([off]).resources["BillingTakesOrdersOrderPlacedV1"]

    assert "DeadLetterConfig" not in rule["Properties"]["Targets"][0]
    stamp = Stamp.from_metadata(rule["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"dead_letter_queue": "a heartbeat"}


def test_a_rule_is_stamped_with_who_wants_which_events() -> None:
    rule = plan_subscriptions([billing_takes(ORDER_PLACED)]).resources["BillingTakesOrdersOrderPlacedV1"]

    stamp = Stamp.from_metadata(rule["Metadata"])

    assert stamp is not None
    assert (stamp.service, stamp.owner) == ("billing", "team-billing")
    assert [(event.service, event.event, event.version) for event in stamp.consumes] == [("orders", "OrderPlaced", 1)]


def test_a_filter_a_name_and_a_retry_policy_reach_the_rule() -> None:
    subscription = billing_takes(
        ORDER_PLACED,
        detail={"total": [{"numeric": [">", 100]}]},
        name="large-orders",
        retry=RetryPolicy(maximum_attempts=3),
    )

    rule = plan_subscriptions([subscription]).resources["BillingTakesOrdersLargeOrders"]["Properties"]

    assert rule["Name"] == "acme-prod-billing--large-orders"
    assert rule["EventPattern"]["detail"] == {"total": [{"numeric": [">", 100]}]}
    assert rule["Targets"][0]["RetryPolicy"]["MaximumRetryAttempts"] == 3


@pytest.mark.parametrize(
    ("said", "left_out"), [({}, None), ({"replays": True}, None), ({"replays": False}, [{"exists": False}])]
)
def test_a_subscription_takes_replays_unless_it_says_not(said: dict[str, Any], left_out: list[Any] | None) -> None:
    rule = plan_subscriptions([billing_takes(ORDER_PLACED, **said)]).resources["BillingTakesOrdersOrderPlacedV1"]

    assert rule["Properties"]["EventPattern"].get("replay-name") == left_out
    stamp = Stamp.from_metadata(rule["Metadata"])
    assert stamp is not None
    assert stamp.replays is said.get("replays")


def test_a_legacy_bus_is_subscribed_to_by_its_arn_and_checked_by_account() -> None:
    legacy = BusReference.from_arn("arn:aws:events:eu-west-1:111111111111:event-bus/Legacy.Orders")

    plan = plan_subscriptions([billing_takes(ORDER_PLACED, on=legacy)])

    rule = plan.resources["BillingTakesOrdersOrderPlacedV1"]["Properties"]
    assert rule["EventBusName"] == "arn:aws:events:eu-west-1:111111111111:event-bus/Legacy.Orders"


def test_a_bus_in_another_region_can_not_be_subscribed_to() -> None:
    far = BusReference.of("orders", account="111111111111", region="us-east-1")

    with pytest.raises(DeclarationError, match="must be made in the Region of the producer's bus, us-east-1"):
        plan_subscriptions([billing_takes(ORDER_PLACED, on=far)])


def from_dublin_to(region: str, *events: EventContract, on: BusReference = ON_ORDERS) -> SubscriptionPlan:
    """A subscription in Dublin, whose bus that receives is in another Region."""
    far = replace(BILLING, bus=BusAddress("222222222222", region, "acme-prod-billing"))
    return SubscriptionPlan(
        subscriber=far, wanted=Consumes(*events, on=on), dead_letter_arn=LOST.arn, region="eu-west-1"
    )


def test_a_bus_that_receives_in_another_region_is_reached_from_the_region_of_the_producer() -> None:
    plan = plan_subscriptions([from_dublin_to("us-east-1", ORDER_PLACED)])

    rule = plan.resources["BillingTakesOrdersOrderPlacedV1"]["Properties"]
    (target,) = rule["Targets"]
    assert rule["EventBusName"] == "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"
    assert target["Arn"] == "arn:aws:events:us-east-1:222222222222:event-bus/acme-prod-billing"
    assert target["DeadLetterConfig"] == {"Arn": LOST.arn}


def test_its_role_is_told_from_those_of_all_other_pairs_of_regions_because_roles_are_global() -> None:
    usual = billing_takes(ORDER_PLACED)
    far = [from_dublin_to(region, ORDER_PLACED) for region in ("us-east-1", "us-west-2")]
    back = replace(far[0], region="us-east-1")

    names = [plan.role_name for plan in (usual, *far, back)]
    assert names == [
        "acme-prod-billing--from-orders--eu-west-1",
        "acme-prod-billing--from-orders-to-us-east-1--eu-west-1",
        "acme-prod-billing--from-orders-to-us-west-2--eu-west-1",
        "acme-prod-billing--from-orders--us-east-1",
    ]


def test_its_role_may_put_events_on_the_bus_far_away_for_rules_on_the_bus_nearby() -> None:
    plan = plan_subscriptions([from_dublin_to("us-east-1", ORDER_PLACED)])

    role = plan.resources["BillingFromOrdersToUsEast1Role"]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    (allowed,) = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert trust["Condition"]["ArnLike"]["aws:SourceArn"].startswith("arn:aws:events:eu-west-1:111111111111:rule/")
    assert allowed["Resource"] == "arn:aws:events:us-east-1:222222222222:event-bus/acme-prod-billing"


def test_the_other_partition_can_not_be_reached() -> None:
    with pytest.raises(DeclarationError, match="they are in two partitions, aws and aws-cn"):
        plan_subscriptions([from_dublin_to("cn-north-1", ORDER_PLACED)])


def test_the_own_bus_can_not_be_subscribed_to_by_whatever_name() -> None:
    own = BusReference.from_arn(BILLING.bus.arn)

    with pytest.raises(DeclarationError, match="'billing' can't subscribe to its own bus; use deliver"):
        plan_subscriptions([billing_takes(ORDER_PLACED, on=own)])


def test_what_a_consumer_wants_is_named_the_same_whatever_the_order_of_its_events() -> None:
    assert Consumes(ORDER_PLACED, ORDER_CANCELLED).name == "order-cancelled-v1"
    assert Consumes(ORDER_CANCELLED, ORDER_PLACED).name == "order-cancelled-v1"


def test_one_event_may_be_taken_twice_where_both_rules_filter_it() -> None:
    large = billing_takes(ORDER_PLACED, name="large", detail={"total": [{"numeric": [">", 1000]}]})
    small = billing_takes(ORDER_PLACED, name="small", detail={"total": [{"numeric": ["<=", 1000]}]})

    check_not_twice([large, small])


def test_fails_where_an_event_would_arrive_twice_since_one_rule_takes_all_of_it() -> None:
    every = billing_takes(ORDER_PLACED, ORDER_CANCELLED)
    large = billing_takes(ORDER_PLACED, name="large", detail={"total": [{"numeric": [">", 1000]}]})

    with pytest.raises(DeclarationError, match=r"OrderPlaced\.v1 of 'orders' would arrive twice, .* and 'large'"):
        check_not_twice([every, large])


def test_events_of_one_name_on_two_buses_are_two_events() -> None:
    order_placed = billing_takes(ORDER_PLACED)
    parcel_order_placed = billing_takes(
        EventContract(service="fulfilment", event="OrderPlaced", detail=DETAIL), on=ON_FULFILMENT, name="parcels"
    )

    check_not_twice([order_placed, parcel_order_placed])


def test_moving_to_another_bus_keeps_everything_else() -> None:
    wanted = Consumes(ORDER_PLACED, detail={"vip": [True]}, name="vip", retry=RetryPolicy(maximum_attempts=1))

    moved = wanted.at(ON_ORDERS)

    assert moved.on == ON_ORDERS
    assert (moved.events, moved.detail, moved.name, moved.retry) == (
        wanted.events,
        wanted.detail,
        wanted.name,
        wanted.retry,
    )


ALL = (
    billing_takes(ORDER_PLACED),
    billing_takes(ORDER_CANCELLED),
    billing_takes(PARCEL_SHIPPED, on=ON_FULFILMENT),
    billing_takes(ORDER_PLACED, detail={"vip": [True]}, name="vip"),
)


@given(st.permutations(ALL))
def test_the_order_of_declaration_changes_nothing(shuffled: list[SubscriptionPlan]) -> None:
    assert plan_subscriptions(shuffled).template() == plan_subscriptions(ALL).template()
