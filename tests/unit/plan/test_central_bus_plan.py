from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.access import Member
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan.central_bus import CentralBusDeclaration, plan_central_bus
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
PLATFORM, ORDERS, BILLING, SHIPPING = "444444444444", "111111111111", "222222222222", "333333333333"


def an_event(service: str, event: str) -> EventContract:
    return EventContract(service=service, event=event, detail={"type": "object"})


ORDER_PLACED, ORDER_CANCELLED = an_event("orders", "OrderPlaced"), an_event("orders", "OrderCancelled")
INVOICE_ISSUED = an_event("billing", "InvoiceIssued")
OF_ORDERS = Member("orders", ORDERS, publishes=[ORDER_PLACED, ORDER_CANCELLED])
OF_BILLING = Member("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[ORDER_PLACED])


def platform(*members: Member, **changed: Any) -> CentralBusDeclaration:
    """The central bus, with what the test is about."""
    declared: dict[str, Any] = {
        "service": "platform",
        "account": PLATFORM,
        "region": "eu-west-1",
        "naming": ACME,
        "members": members or (OF_ORDERS, OF_BILLING),
    }
    return CentralBusDeclaration(**declared | changed)


def test_an_account_may_publish_the_events_of_its_service_and_no_others() -> None:
    statement = platform().statements()["billing-publish"]

    assert statement == {
        "Sid": "acme-prod-platform--billing--publish",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": "events:PutEvents",
        "Resource": f"arn:aws:events:eu-west-1:{PLATFORM}:event-bus/acme-prod-platform",
        "Condition": {"StringEquals": {"events:source": "com.acme.billing", "events:detail-type": "InvoiceIssued.v1"}},
    }


def test_an_account_may_put_rules_on_what_its_service_consumes_under_its_name_to_its_bus() -> None:
    statements = platform().statements()

    rules, targets = statements["billing--rules"], statements["billing--targets"]
    assert rules["Resource"].endswith(":rule/acme-prod-platform/acme-prod-billing--*")
    assert rules["Condition"]["ForAllValues:StringEquals"] == {
        "events:source": ["com.acme.orders"],
        "events:detail-type": ["OrderPlaced.v1"],
    }
    assert targets["Condition"]["ArnLike"] == {
        "events:TargetArn": f"arn:aws:events:eu-west-1:{BILLING}:event-bus/acme-prod-billing"
    }


def test_who_only_publishes_may_put_no_rule() -> None:
    assert [purpose for purpose in platform().statements() if purpose.startswith("orders")] == ["orders-publish"]


def test_one_statement_names_the_events_of_several_producers_where_that_allows_no_more() -> None:
    both = Member("audit", SHIPPING, consumes=[ORDER_PLACED, INVOICE_ISSUED])

    rules = platform(OF_ORDERS, OF_BILLING, both).statements()["audit--rules"]

    assert rules["Condition"]["ForAllValues:StringEquals"] == {
        "events:source": ["com.acme.billing", "com.acme.orders"],
        "events:detail-type": ["InvoiceIssued.v1", "OrderPlaced.v1"],
    }


def test_each_producer_has_a_statement_where_one_for_all_would_allow_an_event_more() -> None:
    billing = Member("billing", BILLING, publishes=[INVOICE_ISSUED, an_event("billing", "OrderPlaced")])
    audit = Member("audit", SHIPPING, consumes=[ORDER_PLACED, INVOICE_ISSUED])

    statements = platform(OF_ORDERS, billing, audit).statements()

    assert {
        purpose: statements[purpose]["Condition"]["ForAllValues:StringEquals"]
        for purpose in statements
        if "rules" in purpose
    } == {
        "audit--rules-billing": {"events:source": ["com.acme.billing"], "events:detail-type": ["InvoiceIssued.v1"]},
        "audit--rules-orders": {"events:source": ["com.acme.orders"], "events:detail-type": ["OrderPlaced.v1"]},
    }


EVENTS = [an_event(service, event) for service in ("orders", "billing", "shipping") for event in ("Opened", "Closed")]


@given(wanted=st.sets(st.integers(0, len(EVENTS) - 1), min_size=1), published=st.sets(st.integers(0, len(EVENTS) - 1)))
def test_whatever_a_member_consumes_its_statements_allow_just_that(wanted: set[int], published: set[int]) -> None:
    carried = [EVENTS[number] for number in sorted(wanted | published)]
    publishers = [
        Member(service, ORDERS, publishes=[event for event in carried if event.service == service])
        for service in sorted({event.service for event in carried})
    ]
    audit = Member("audit", SHIPPING, consumes=[EVENTS[number] for number in sorted(wanted)])

    statements = platform(*publishers, audit).statements()

    conditions = [
        statement["Condition"]["ForAllValues:StringEquals"]
        for purpose, statement in statements.items()
        if purpose.startswith("audit--rules")
    ]
    allowed = {
        event
        for event in carried
        for condition in conditions
        if event.event_type(ACME).source in condition["events:source"]
        and event.event_type(ACME).detail_type in condition["events:detail-type"]
    }
    assert allowed == set(audit.consumes)


def test_an_organisation_subscribes_to_everything_by_rules_that_say_what_they_take() -> None:
    older = EventContract(service="legacy", event="Opened", detail={"type": "object"}, source="erp.legacy")
    of_legacy = Member("legacy", PLATFORM, publishes=[older])

    statements = platform(OF_ORDERS, OF_BILLING, of_legacy, organization_id="o-exampleorg1").statements()

    assert set(statements) == {
        "orders-publish",
        "billing-publish",
        "legacy-publish",
        "organization-rules",
        "organization-targets",
        "organization-manage",
    }
    assert statements["organization-rules"]["Condition"] == {
        "StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"},
        "StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"},
        "ForAllValues:StringLike": {"events:source": ["com.acme.*", "erp.legacy"]},
        "Null": {"events:source": "false", "events:detail-type": "false"},
    }


def test_the_bus_says_which_account_publishes_each_of_its_events() -> None:
    at_home = Member("ledger", PLATFORM, publishes=[an_event("ledger", "BookClosed")])

    bus = plan_central_bus(platform(OF_ORDERS, OF_BILLING, at_home)).resources["PlatformBus"]

    stamp = Stamp.from_metadata(bus["Metadata"])
    assert stamp is not None
    assert {str(event.name): event.account for event in stamp.publishes} == {
        "orders/OrderPlaced.v1": ORDERS,
        "orders/OrderCancelled.v1": ORDERS,
        "billing/InvoiceIssued.v1": BILLING,
        "ledger/BookClosed.v1": None,
    }


def test_the_logical_ids_are_what_other_templates_and_people_know() -> None:
    plan = plan_central_bus(platform(discover_in=["prod"]))

    assert set(plan.resources) == {
        "PlatformBus",
        "PlatformBusAllowsOrdersPublish",
        "PlatformBusAllowsBillingPublish",
        "PlatformBusAllowsBillingRules",
        "PlatformBusAllowsBillingTargets",
        "PlatformBusAllowsBillingManage",
        "PlatformBusArchive",
        "PlatformBusDashboard",
        "PlatformBusDeadLetteredAlarm",
        "PlatformBusDiscoverer",
        "PlatformBusErrorLogsDelivery",
        "PlatformBusErrorLogsSource",
        "PlatformBusFailedAlarm",
        "PlatformBusLogDestination",
        "PlatformBusLogGroup",
        "PlatformBusLostAlarm",
        "PlatformBusPublishFailedAlarm",
        "PlatformBusSlowAlarm",
        "PlatformBusThrottledAlarm",
    }


def test_a_member_in_the_account_of_the_bus_needs_no_statement_to_subscribe() -> None:
    at_home = Member("ledger", PLATFORM, consumes=[ORDER_PLACED])

    assert not [purpose for purpose in platform(OF_ORDERS, at_home).statements() if purpose.startswith("ledger")]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([], "members must be a list of Members, such as"),
        ([OF_ORDERS, OF_ORDERS], "member 'orders' is declared twice"),
        ([OF_BILLING], "member 'billing' consumes OrderPlaced.v1 of 'orders', which no member publishes"),
        ([Member("orders", ORDERS, publishes=[INVOICE_ISSUED])], "'orders' can't publish InvoiceIssued.v1"),
    ],
)
def test_members_that_do_not_fit_together_are_refused(members: list[Member], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        CentralBusDeclaration(service="platform", account=PLATFORM, region="eu-west-1", naming=ACME, members=members)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({}, "member 'orders' must publish or consume something"),
        ({"publishes": ["OrderPlaced"]}, "publishes of member 'orders' must be a list of event contracts"),
        ({"consumes": ORDER_PLACED}, "consumes of member 'orders' must be a list of event contracts"),
    ],
)
def test_a_member_that_says_nothing_of_use_is_refused(given_: dict[str, Any], message: str) -> None:
    with pytest.raises(AccessError, match=message):
        Member("orders", ORDERS, **given_)


def test_a_policy_over_the_quota_is_refused_with_what_to_do() -> None:
    members = [Member(f"service-{number}", f"{number:012}", consumes=[ORDER_PLACED]) for number in range(7)]

    with pytest.raises(AccessError, match=r"over the quota of 10240; pass organization_id="):
        plan_central_bus(platform(OF_ORDERS, *members))


def test_who_has_the_organisation_let_in_is_not_told_to_do_so() -> None:
    events = [an_event(f"service-{number}", "JobDone") for number in range(40)]
    members = [Member(event.service, ORDERS, publishes=[event]) for event in events]

    with pytest.raises(AccessError, match=r"over the quota of 10240; have the quota 'Event bus policy size' raised"):
        plan_central_bus(platform(*members, organization_id="o-exampleorg1"))


def test_more_statements_than_a_stack_has_room_for_are_refused_whatever_the_quota() -> None:
    members = [Member(f"service-{number}", f"{number:012}", consumes=[ORDER_PLACED]) for number in range(166)]

    with pytest.raises(AccessError, match="has 499 statements, each a resource, and a stack may have 500 resources"):
        plan_central_bus(platform(OF_ORDERS, *members, policy_quota=1_000_000))
