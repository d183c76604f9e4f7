"""Events that change, held against the rules that get them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.differences import Kind
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_bus_policy,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.differences.compared import compared, lines, of_contracts

ORDERS_BUS = a_bus(stamp=Stamp(service="orders", publishes=[an_event()]))
BILLING_BUS_ARN = bus_arn("acme-prod-billing", account=BILLING)
QUEUE = queue_arn("invoices")
BOTH_READ = frozenset({(ORDERS, REGION), (BILLING, REGION)})

STATUS = {"status": {"enum": ["placed", "paid"]}}
TOTAL = {"total": {"type": "number"}}
NOTE = {"note": {"type": "string"}}


def order(*fields: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    properties = {name: schema for each in fields for name, schema in each.items()}
    return {"type": "object", "properties": properties, "required": list(required)}


def billing(detail: Any = None, *, target: Target | None = None, **rule: Any) -> Rule:
    """A rule of billing's on the bus of orders."""
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
    return a_rule(
        a_target(QUEUE) if target is None else target,
        name="ship",
        account=BILLING,
        event_pattern=pattern | ({} if detail is None else {"detail": detail}),
        stamp=Stamp(service="billing", consumes=[EventName("orders", "OrderPlaced", 1)]),
        **rule,
    )


def estate(detail: dict[str, Any] | None, *elements: Element, bus: Element = ORDERS_BUS) -> Topology:
    """The estate of orders, whose OrderPlaced is described by *detail*, with *elements* of others."""
    schemas = [] if detail is None else [a_schema(detail)]
    return a_topology(bus, *schemas, *elements, environments=BOTH_READ)


def picks(**input: Any) -> Target:
    return a_target(QUEUE, input=input)


NO_LONGER_DECLARED = (
    f"its target {QUEUE} reads $.detail.total, which the contract no longer declares: "
    "$.detail has no field 'total'; the nearest is 'status'"
)
SHIP = "rule 'ship' of billing in account 222222222222"
CHANGED = "event changed: orders/OrderPlaced.v1"


# -- event patterns


def test_a_removed_value_that_a_rule_waits_for_breaks_it_though_the_contract_allows_it() -> None:
    before, after = order({"status": {"enum": ["placed", "paid", "void"]}}), order(STATUS)
    rule = billing({"status": ["void"]}, target=picks(Input="{}"))

    (difference,) = compared(estate(before, rule), estate(after, rule))

    assert (difference.breaking, difference.by_contract) == (True, False)
    assert difference.path == "detail.status"
    (use,) = difference.uses
    assert (use.account, use.service, use.rule) == (BILLING, "billing", "ship")
    assert use.reason == (
        "its event pattern matches no orders/OrderPlaced.v1 any more: at detail.status "
        "it is one of ['placed', 'paid'], which can't satisfy ['void']"
    )


def test_a_removed_field_that_a_rule_filters_on_breaks_it() -> None:
    rule = billing({"total": [{"numeric": [">", 0]}]}, target=picks(Input="{}"))

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line == (
        f"breaking: {CHANGED}, detail.total: field removed <- {SHIP}: its event pattern matches no "
        "orders/OrderPlaced.v1 any more: at detail.total the contract declares no such field; the nearest is 'status'"
    )


def test_a_rule_that_asks_for_another_field_is_not_broken() -> None:
    rule = billing({"status": ["paid"]}, target=picks(InputPath="$.detail.status"))

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line == f"not breaking: {CHANGED}, detail.total: field removed"


def test_a_rule_that_could_not_match_before_is_not_broken() -> None:
    rule = billing({"status": ["payd"]})

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line == f"not breaking: {CHANGED}, detail.total: field removed"


def test_a_filter_that_can_still_match_but_decides_by_what_may_be_missing_now_is_broken() -> None:
    before, after = order(STATUS, required=("status",)), order(STATUS)
    rule = billing({"status": ["paid"]}, target=picks(Input="{}"))

    (line,) = lines(estate(before, rule), estate(after, rule))

    assert line == (
        f"breaking: {CHANGED}, detail.status: made optional <- {SHIP}: its event pattern asks for detail.status"
    )


def test_what_the_proof_cannot_follow_is_undecided() -> None:
    before = order({"code": {"type": "string"}})
    after = order({"code": {"type": "string", "pattern": r"^a\b-"}})
    rule = billing({"code": [{"prefix": "ab"}]}, target=picks(Input="{}"))

    (line,) = lines(estate(before, rule), estate(after, rule))

    assert line.startswith(f"undecided: {CHANGED}, detail.code: constraint tightened")
    assert f"{SHIP}: whether its event pattern still matches is undecided" in line


def test_a_value_in_a_filter_that_is_given_at_deployment_leaves_it_undecided() -> None:
    rule = billing({"status": [Undecided("it is parameter 'Status'")]}, target=picks(Input="{}"))

    (line,) = lines(estate(order(STATUS), rule), estate(order({"status": {"type": "object"}}), rule))

    assert line.startswith("undecided: ")
    assert "it is parameter 'Status'" in line


# -- targets


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (a_target(QUEUE), f"its target {QUEUE} gets the whole event"),
        (picks(InputPath="$.detail"), f"its target {QUEUE} reads $.detail"),
        (
            picks(InputPath="$.detail.total"),
            NO_LONGER_DECLARED,
        ),
        (
            picks(InputTransformer={"InputPathsMap": {"sum": "$.detail.total"}, "InputTemplate": "<sum>"}),
            NO_LONGER_DECLARED,
        ),
        (
            picks(InputTransformer={"InputTemplate": '{"event": <aws.events.event.json>}'}),
            f"its target {QUEUE} gets the whole event",
        ),
    ],
    ids=["as it is", "what holds it", "just it", "by a transformer", "by a variable of AWS's"],
)
def test_a_removed_field_breaks_the_target_that_gets_it(target: Target, reason: str) -> None:
    rule = billing(target=target)

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line == f"breaking: {CHANGED}, detail.total: field removed <- {SHIP}: {reason}"


def test_a_removed_field_breaks_the_target_whose_parameter_it_fills() -> None:
    parameters = {"KinesisParameters": {"PartitionKeyPath": "$.detail.total"}}
    rule = billing(target=a_target(QUEUE, input={"Input": "{}"}, parameters=parameters))

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line == f"breaking: {CHANGED}, detail.total: field removed <- {SHIP}: {NO_LONGER_DECLARED}"


@pytest.mark.parametrize(
    "target",
    [
        picks(InputPath="$.detail.status"),
        picks(InputTransformer={"InputPathsMap": {"s": "$.detail.status"}, "InputTemplate": "<s>"}),
        picks(InputTransformer={"InputTemplate": '{"event": <aws.events.event>}'}),
        picks(Input="{}"),
    ],
    ids=["another field", "another, by a transformer", "the event without its detail", "always the same"],
)
def test_a_target_that_gets_other_fields_is_not_broken(target: Target) -> None:
    rule = billing(target=target)

    (difference,) = compared(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert (difference.breaking, difference.by_contract) == (False, True)
    assert difference.uses == ()


@pytest.mark.parametrize(
    ("path", "breaking"),
    [("$.detail.lines[*].sku", True), ("$.detail.lines[?(@.sku)]", True), ("$.detail.note", False), ("$..sku", True)],
)
def test_of_a_path_that_is_not_followed_all_below_counts_as_read(path: str, *, breaking: bool) -> None:
    def with_line(line: dict[str, Any]) -> dict[str, Any]:
        return order(NOTE, {"lines": {"type": "array", "items": order(line)}})

    rule = billing(target=picks(InputPath=path))

    (difference,) = compared(estate(with_line({"sku": {}}), rule), estate(with_line({"id": {}}), rule))[:1]

    assert difference.breaking is breaking


def test_a_path_that_is_given_at_deployment_is_undecided() -> None:
    rule = billing(target=picks(InputPath=Undecided("it is parameter 'Path'")))

    (line,) = lines(estate(order(TOTAL), rule), estate(order(STATUS), rule), Kind.EVENT_CHANGED)[:1]

    assert line.startswith("undecided: ")
    assert "it is parameter 'Path'" in line


def test_a_field_that_is_added_breaks_nobody() -> None:
    rule = billing()

    (line,) = lines(estate(order(STATUS), rule), estate(order(STATUS, NOTE), rule))

    assert line == f"not breaking: {CHANGED}, detail.note: field added"


def test_a_compatible_change_names_those_that_touch_the_very_field() -> None:
    after = order({"total": {"type": "number", "minimum": 1}})
    rule = billing({"total": [{"numeric": [">", 5]}]})

    (line,) = lines(estate(order(TOTAL), rule), estate(after, rule))

    assert line.endswith(f"<- {SHIP}: its event pattern asks for detail.total")
    assert line.startswith("not breaking: ")


# -- who gets it


def test_a_rule_on_the_consumers_own_bus_is_reached_by_the_move_that_feeds_it() -> None:
    move = billing(target=a_target(BILLING_BUS_ARN))
    bus = a_bus("acme-prod-billing", account=BILLING)
    local = a_rule(a_target(QUEUE), name="invoice", on=BILLING_BUS_ARN, account=BILLING)
    others = (move, bus, local)

    (line,) = lines(estate(order(STATUS, TOTAL), *others), estate(order(STATUS), *others))

    assert line.endswith(f"<- rule 'invoice' in account 222222222222: its target {QUEUE} gets the whole event")


def test_a_rule_on_another_bus_that_nothing_feeds_is_not_reached() -> None:
    local = a_rule(a_target(QUEUE), name="invoice", on=BILLING_BUS_ARN, account=BILLING)

    (line,) = lines(estate(order(STATUS, TOTAL), local), estate(order(STATUS), local))

    assert line.startswith("not breaking: ")


@pytest.mark.parametrize(
    "move",
    [
        billing(target=a_target("«parameter 'Bus'»")),
        replace(billing(), targets=Undecided("they are parameter 'Targets'")),
    ],
    ids=["a target", "all targets"],
)
def test_a_rule_that_may_be_fed_by_what_is_given_at_deployment_leaves_it_undecided(move: Rule) -> None:
    pattern = {"source": ["com.acme.orders"], "detail": {"status": ["paid"]}}
    local = a_rule(a_target(QUEUE), name="invoice", on=BILLING_BUS_ARN, account=BILLING, event_pattern=pattern)
    after = order({"status": {"enum": ["placed"]}})

    (line,) = lines(estate(order(STATUS), move, local), estate(after, move, local))

    assert line.startswith("undecided: ")
    assert "rule 'invoice' in account 222222222222: its event pattern matches no orders/OrderPlaced.v1 any more" in line


def test_a_move_to_a_bus_of_which_nothing_was_read_is_a_consumer() -> None:
    hub = bus_arn("hub", account="333333333333")
    move = billing(target=a_target(hub))

    (line,) = lines(estate(order(STATUS, TOTAL), move), estate(order(STATUS), move))

    assert line.startswith("breaking: ")
    assert line.endswith(f"{SHIP}: it carries it to {hub}, whose account's templates were not read")


@pytest.mark.parametrize("rule", [billing(enabled=False), billing({"status": ["payd"]})], ids=["off", "dead"])
def test_a_rule_that_gets_nothing_is_not_broken(rule: Rule) -> None:
    (difference,) = compared(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert difference.breaking is False


def test_a_rule_that_may_be_made_or_not_leaves_it_undecided() -> None:
    rule = billing(conditional=Undecided("condition 'IsProd': it is parameter 'Stage'"))

    (line,) = lines(estate(order(STATUS, TOTAL), rule), estate(order(STATUS), rule))

    assert line.startswith("undecided: ")
    assert line.endswith("(undecided: condition 'IsProd': it is parameter 'Stage')")


def let(account: str, *, event: str = "OrderPlaced.v1") -> Element:
    return a_bus_policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": "events:PutRule",
            "Resource": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-{account}--*",
            "Condition": {"ForAllValues:StringEquals": {"events:detail-type": [event]}},
        }
    )


def test_an_account_that_may_subscribe_and_was_not_read_counts_as_a_consumer() -> None:
    policy = let("333333333333")

    (line,) = lines(estate(order(STATUS, TOTAL), policy), estate(order(STATUS), policy))

    assert line == (
        f"breaking: {CHANGED}, detail.total: field removed <- account 333333333333: "
        "it may subscribe, and its templates were not read"
    )


@pytest.mark.parametrize(
    "policy", [let(BILLING), let("333333333333", event="OrderCancelled.v1")], ids=["it was read", "to another event"]
)
def test_an_account_that_was_read_or_may_not_subscribe_to_the_event_is_no_consumer(policy: Element) -> None:
    (line,) = lines(estate(order(STATUS, TOTAL), policy), estate(order(STATUS), policy))

    assert line == f"not breaking: {CHANGED}, detail.total: field removed"


def test_an_organisation_that_may_subscribe_is_named() -> None:
    policy = a_bus_policy(
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "events:PutRule",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
        }
    )

    (line,) = lines(estate(order(STATUS, TOTAL), policy), estate(order(STATUS), policy))

    assert line.endswith("any account of organisation o-exampleorg1: it may subscribe, and its templates were not read")


def test_an_account_that_only_a_condition_names_is_the_only_one() -> None:
    policy = a_bus_policy(
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "events:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalAccount": ["333333333333", BILLING]}},
        }
    )

    (difference,) = compared(estate(order(STATUS, TOTAL), policy), estate(order(STATUS), policy))

    assert [use.account for use in difference.uses] == ["333333333333"]


# -- events that come and go


def test_an_event_that_is_published_no_more_breaks_the_rules_that_wait_for_it() -> None:
    silent = a_bus(stamp=Stamp(service="orders"))
    rule = billing()

    (difference,) = compared(estate(order(STATUS), rule), estate(None, rule, bus=silent), Kind.EVENT_REMOVED)

    assert (difference.name, difference.breaking) == ("orders/OrderPlaced.v1", True)
    assert [(use.rule, use.reason) for use in difference.uses] == [("ship", "it waits for the event")]


def test_an_event_nobody_waits_for_may_go() -> None:
    silent = a_bus(stamp=Stamp(service="orders"))

    assert lines(estate(order(STATUS)), estate(None, bus=silent)) == [
        "not breaking: event removed: orders/OrderPlaced.v1"
    ]


def test_a_new_version_beside_the_old_one_is_an_event_added() -> None:
    both = a_bus(stamp=Stamp(service="orders", publishes=[an_event(), an_event(version=2)]))

    assert lines(estate(order(STATUS)), estate(order(STATUS), bus=both)) == [
        "not breaking: event added: orders/OrderPlaced.v2"
    ]


def test_an_event_of_another_source_breaks_the_rules_that_ask_for_the_old_one() -> None:
    moved = replace(an_event(), source="com.acme.shop")
    bus = a_bus(stamp=Stamp(service="orders", publishes=[moved]))
    rule = billing()

    (line,) = lines(estate(None, rule), estate(None, rule, bus=bus), Kind.EVENT_CHANGED)

    assert line == (
        f"breaking: {CHANGED}, source: address changed from com.acme.orders to com.acme.shop "
        f"<- {SHIP}: it does not ask for OrderPlaced.v1 of com.acme.shop"
    )


def test_a_rule_that_asks_for_the_new_source_as_well_is_not_broken() -> None:
    moved = replace(an_event(), source="com.acme.shop")
    bus = a_bus(stamp=Stamp(service="orders", publishes=[moved]))
    pattern = {"source": ["com.acme.orders", "com.acme.shop"], "detail-type": ["OrderPlaced.v1"]}
    rule = replace(billing(), event_pattern=pattern)

    (line,) = lines(estate(None, rule), estate(None, rule, bus=bus), Kind.EVENT_CHANGED)

    assert line == f"not breaking: {CHANGED}, source: address changed from com.acme.orders to com.acme.shop"


def test_a_field_that_is_marked_as_sensitive_breaks_a_filter_on_it() -> None:
    marked = replace(an_event(), sensitive=("detail.total",))
    bus = a_bus(stamp=Stamp(service="orders", publishes=[marked]))
    rule = billing({"total": [{"numeric": [">", 5]}]}, target=picks(Input="{}"))

    (line,) = lines(estate(order(TOTAL), rule), estate(order(TOTAL), rule, bus=bus))

    assert line == (
        f"breaking: {CHANGED}, detail.total: sensitivity changed from plain to sensitive "
        f"<- {SHIP}: its event pattern asks for detail.total"
    )


def test_a_schema_that_is_registered_no_more_is_undecided() -> None:
    rule = billing()

    (line,) = lines(estate(order(STATUS), rule), estate(None, rule))

    assert line.startswith(f"undecided: {CHANGED}, detail: constraint changed")
    assert "no schema is registered after" in line


def test_an_event_known_by_its_registered_schema_alone_goes_by_source_and_detail_type() -> None:
    bus, rule = a_bus(), billing()

    (line,) = lines(estate(order(STATUS, TOTAL), rule, bus=bus), estate(order(STATUS), rule, bus=bus))

    assert line.startswith("breaking: event changed: OrderPlaced.v1 of com.acme.orders, detail.total: field removed")


def test_to_stamp_what_was_only_registered_changes_no_event() -> None:
    rule = billing()

    assert lines(estate(order(STATUS), rule, bus=a_bus()), estate(order(STATUS), rule)) == []


def test_what_is_the_same_in_two_stages_is_said_once() -> None:
    def twice(detail: dict[str, Any]) -> Topology:
        test = replace(a_bus(account="333333333333"), stamp=ORDERS_BUS.stamp)
        return estate(detail, test, replace(a_schema(detail), account="333333333333"))

    (difference,) = compared(twice(order(STATUS, TOTAL)), twice(order(STATUS)))

    assert set(difference.where) == {(ORDERS, REGION), ("333333333333", REGION)}


# -- contract files


def contract(detail: dict[str, Any], **given: Any) -> EventContract:
    return EventContract(service="orders", event="OrderPlaced", detail=detail, **given)


def test_contracts_without_consumers_break_what_they_say_they_break() -> None:
    found = of_contracts(contract(order(STATUS, TOTAL)), contract(order(STATUS)), Topology())

    assert found == [f"breaking: {CHANGED}, detail.total: field removed"]


def test_contracts_are_held_against_rules_that_are_stamped_with_them() -> None:
    reads, ignores = billing(), billing(target=picks(Input="{}"))

    breaking = of_contracts(contract(order(STATUS, TOTAL)), contract(order(STATUS)), a_topology(reads))
    harmless = of_contracts(contract(order(STATUS, TOTAL)), contract(order(STATUS)), a_topology(ignores))

    assert breaking == [
        f"breaking: {CHANGED}, detail.total: field removed <- {SHIP}: its target {QUEUE} gets the whole event"
    ]
    assert harmless == [f"not breaking: {CHANGED}, detail.total: field removed"]


def test_contracts_without_an_address_leave_it_undecided_whether_other_rules_get_them() -> None:
    unstamped = replace(billing(), stamp=None)

    (line,) = of_contracts(contract(order(STATUS, TOTAL)), contract(order(STATUS)), a_topology(unstamped))

    assert line.startswith("undecided: ")
    assert "its contract says neither source nor detail-type" in line


def test_contracts_with_an_address_are_held_against_every_rule() -> None:
    unstamped = replace(billing(), stamp=None)
    address = {"source": "com.acme.orders", "detail_type": "OrderPlaced.v1"}

    (line,) = of_contracts(
        contract(order(STATUS, TOTAL), **address), contract(order(STATUS), **address), a_topology(unstamped)
    )

    assert line.startswith("breaking: ")
    assert line.endswith(f"rule 'ship' in account 222222222222: its target {QUEUE} gets the whole event")
