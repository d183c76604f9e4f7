"""That a declared flow arrives, does not, or that nobody can say; and what is in its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import Proof, proof_of
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_key,
    a_policy,
    a_role,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.flows import INVOICES, ON_BILLING, ON_ORDERS, ORDER_PLACED, PARTS, a_delivery, a_mover, pattern_of, the_flow

STAGE = unknown("parameter 'Stage'")
GIVEN = Undecided("parameter 'Pattern' is known at deployment only")
TOTAL = {"type": "object", "required": ["total"], "properties": {"total": {"type": "number", "minimum": 0}}}
OVER_100 = pattern_of(ORDER_PLACED, total=[{"numeric": [">", 100]}])
UNDER_50 = pattern_of(ORDER_PLACED, total=[{"numeric": ["<", 50]}])


def proved(elements: Iterable[Element], **others: Any) -> Proof:
    topology = a_topology(*elements, **others)
    *_, flow = (each for each in declared_flows(topology) if each.target.arn == INVOICES)
    return proof_of(topology, flow)


def obstacle_of(elements: Iterable[Element], **others: Any) -> Step:
    proof = proved(elements, **others)
    assert proof.arrives is not True
    assert proof.obstacle is not None
    assert proof.obstacle.answer == proof.arrives
    return proof.obstacle


def test_a_flow_that_has_all_it_needs_arrives() -> None:
    proof = proved(the_flow())

    assert proof.arrives is True
    assert proof.obstacle is None


def test_the_event_is_made_by_the_contract_and_published_in_the_account_of_the_producer() -> None:
    proof = proved(the_flow(schema=a_schema(TOTAL)))

    assert proof.trace is not None
    assert proof.trace.event["source"] == "com.acme.orders"
    assert proof.trace.event["account"] == ORDERS
    assert proof.trace.event["detail"]["total"] >= 0


@pytest.mark.parametrize(
    ("missing", "says", "reason"),
    [
        (
            "bus_policy",
            f"account {BILLING} may put rule acme-prod-billing--order-placed-v1 on {ON_ORDERS}: events:PutRule",
            "no statement allows it",
        ),
        (
            "mover",
            f"a rule on {ON_ORDERS} brings orders/OrderPlaced.v1 to {ON_BILLING}",
            "there is none",
        ),
        ("role", f"role {role_arn()} is there", "no template of its account declares it"),
        ("inbox", f"bus {ON_BILLING} is there", "no template of its account declares it"),
        ("queue", f"{INVOICES} is there", "no template of its account declares it"),
        ("queue_policy", f"{INVOICES} lets rule order-placed-v1 in", "no statement allows it"),
    ],
)
def test_what_is_missing_is_in_the_way(missing: str, says: str, reason: str) -> None:
    obstacle = obstacle_of(the_flow(**{missing: None}))

    assert obstacle.answer is False
    assert (obstacle.says, obstacle.reason) == (says, reason)


def test_other_rules_on_the_bus_are_not_in_the_way() -> None:
    another = a_rule(a_target(queue_arn("audit")), name="another", event_pattern={"source": ["com.acme.returns"]})

    obstacle = obstacle_of([another, *the_flow(queue_policy=None)])

    assert obstacle.says == f"{INVOICES} lets rule order-placed-v1 in"


def test_other_targets_of_its_rule_are_not_in_the_way() -> None:
    refusing = a_target(queue_arn("audit"), id="audit")
    delivery = a_delivery()

    proof = proved(the_flow(delivery=replace(delivery, targets=(refusing, *delivery.known_targets))))

    assert proof.arrives is True


def test_that_another_rule_delivers_to_the_same_queue_is_no_proof() -> None:
    mover = a_mover()
    directly = replace(mover, targets=(*mover.known_targets, a_target(INVOICES, id="directly", role_arn=role_arn())))
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": INVOICES}
    policies = [
        a_policy(INVOICES, {**send, "Principal": {"AWS": role_arn()}}),
        a_role("from-orders", {"Effect": "Allow", "Action": ["events:PutEvents", "sqs:SendMessage"], "Resource": "*"}),
    ]

    obstacle = obstacle_of([*the_flow(mover=directly, role=None, queue_policy=None), *policies])

    assert obstacle.says == f"{INVOICES} lets rule order-placed-v1 in"


def test_one_of_several_rules_that_bring_it_is_enough() -> None:
    disabled = a_mover(name="acme-prod-billing--older", enabled=False)

    assert proved([disabled, *the_flow()]).arrives is True


def test_a_rule_that_may_bring_it_leaves_what_is_in_the_way_undecided() -> None:
    perhaps = replace(a_mover(name="acme-prod-billing--given"), targets=Undecided("a parameter gives them"))

    obstacle = obstacle_of([perhaps, *the_flow(mover=a_mover(enabled=False))])

    assert obstacle.answer == Undecided("a parameter gives them")


def test_a_rule_that_may_bring_it_does_not_matter_where_another_does() -> None:
    perhaps = replace(a_mover(name="acme-prod-billing--given"), targets=Undecided("a parameter gives them"))

    assert proved([perhaps, *the_flow()]).arrives is True


@pytest.mark.parametrize("off", [{"mover": a_mover(enabled=False)}, {"delivery": a_delivery(enabled=False)}])
def test_a_rule_that_is_off_is_in_the_way(off: dict[str, Rule]) -> None:
    obstacle = obstacle_of(the_flow(**off))

    assert obstacle.answer is False
    assert obstacle.reason == "it is disabled"
    assert obstacle.location is not None
    assert obstacle.location.property_path == "State"


def test_filters_that_no_event_passes_together_are_in_the_way() -> None:
    filters = {"mover": a_mover(event_pattern=OVER_100), "delivery": a_delivery(event_pattern=UNDER_50)}

    obstacle = obstacle_of(the_flow(schema=a_schema(TOTAL), **filters))

    assert obstacle.answer is False
    assert obstacle.says == (
        "some orders/OrderPlaced.v1 passes rule acme-prod-billing--order-placed-v1 and rule order-placed-v1"
    )
    assert obstacle.reason.startswith("detail.total: ")


def test_filters_that_some_event_passes_together_are_not() -> None:
    filters = {"mover": a_mover(event_pattern=OVER_100), "delivery": a_delivery(event_pattern=OVER_100)}

    proof = proved(the_flow(schema=a_schema(TOTAL), **filters))

    assert proof.arrives is True
    assert proof.trace is not None
    assert proof.trace.event["detail"]["total"] > 100


def test_a_filter_on_what_the_contract_never_has_is_in_the_way() -> None:
    negative = pattern_of(ORDER_PLACED, total=[{"numeric": ["<", 0]}])

    obstacle = obstacle_of(the_flow(schema=a_schema(TOTAL), delivery=a_delivery(event_pattern=negative)))

    assert obstacle.answer is False
    assert obstacle.reason.startswith("detail.total: ")


def test_without_a_registered_contract_any_detail_will_do() -> None:
    assert proved(the_flow(delivery=a_delivery(event_pattern=OVER_100))).arrives is True


def test_a_contract_that_can_not_be_read_leaves_a_filter_on_the_detail_undecided() -> None:
    unread = replace(a_schema(TOTAL), schema=Undecided("a parameter gives the schema"))

    obstacle = obstacle_of(the_flow(schema=unread, delivery=a_delivery(event_pattern=OVER_100)))

    assert obstacle.answer == Undecided("a parameter gives the schema")


def test_a_contract_that_can_not_be_read_does_not_matter_where_no_rule_asks_for_the_detail() -> None:
    unread = replace(a_schema(TOTAL), schema=Undecided("a parameter gives the schema"))

    assert proved(the_flow(schema=unread)).arrives is True
    assert obstacle_of(the_flow(schema=unread, queue_policy=None)).answer is False


def test_of_several_stages_the_contract_that_is_registered_beside_the_bus_counts() -> None:
    of_test = replace(a_schema({**TOTAL, "properties": {"total": {"type": "string"}}}), account="333333333333")

    schemas = {"of_test": of_test, "schema": a_schema(TOTAL)}

    assert proved(the_flow(**schemas, delivery=a_delivery(event_pattern=OVER_100))).arrives is True


def test_of_several_contracts_beside_the_bus_one_that_lets_an_event_through_is_enough() -> None:
    of_test = a_schema({**TOTAL, "properties": {"total": {"type": "string"}}})

    schemas = {"of_test": of_test, "schema": a_schema(TOTAL)}

    assert proved(the_flow(**schemas, delivery=a_delivery(event_pattern=OVER_100))).arrives is True


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "it runs on a schedule"),
        ("{no JSON", "its event pattern is no JSON object"),
        ({"source": "com.acme.orders"}, "EventBridge refuses its event pattern"),
        ({"source": ["com.acme.returns"]}, "source: it is one of"),
        ({"account": [BILLING], **pattern_of(ORDER_PLACED)}, "account: "),
    ],
)
def test_an_event_pattern_that_takes_no_such_event_is_in_the_way(written: Any, reason: str) -> None:
    obstacle = obstacle_of(the_flow(delivery=a_delivery(event_pattern=written)))

    assert obstacle.answer is False
    assert obstacle.reason.startswith(reason)


@pytest.mark.parametrize(
    "given", [{"mover": a_mover(event_pattern=GIVEN)}, {"delivery": a_delivery(event_pattern=GIVEN)}]
)
def test_an_event_pattern_that_is_given_at_deployment_leaves_it_undecided(given: dict[str, Rule]) -> None:
    obstacle = obstacle_of(the_flow(**given))

    assert obstacle.answer == GIVEN


def test_a_value_in_a_filter_that_is_known_at_deployment_only_leaves_it_undecided() -> None:
    pattern = pattern_of(ORDER_PLACED, stage=[STAGE])

    obstacle = obstacle_of(the_flow(delivery=a_delivery(event_pattern=pattern)))

    assert isinstance(obstacle.answer, Undecided)
    assert "parameter 'Stage' is known at deployment only" in obstacle.reason


def test_a_rule_that_is_made_under_a_condition_leaves_it_undecided() -> None:
    conditional = Undecided("condition 'IsProd' is known at deployment only")

    obstacle = obstacle_of(the_flow(delivery=a_delivery(conditional=conditional)))

    assert obstacle.answer == conditional


def test_a_role_of_which_a_policy_was_not_read_leaves_it_undecided() -> None:
    obstacle = obstacle_of(the_flow(role=a_role("from-orders", unread=("arn:aws:iam::aws:policy/Events",))))

    assert isinstance(obstacle.answer, Undecided)
    assert "policy arn:aws:iam::aws:policy/Events of role from-orders is in no template" in obstacle.reason


def test_a_bus_that_may_not_use_its_key_is_in_the_way() -> None:
    own_key = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ORDERS}:root"}, "Action": "kms:*"}
    bus = replace(a_bus(key_arn=key_arn(account=ORDERS)), stamp=PARTS["bus"].stamp)

    obstacle = obstacle_of(the_flow(bus=bus, key=a_key("1234", own_key, account=ORDERS)))

    assert obstacle.answer is False
    assert obstacle.says == "bus acme-prod-orders may use its key"


def test_a_target_in_an_account_that_was_not_read_leaves_it_undecided() -> None:
    elsewhere = queue_arn("invoices", account="333333333333")
    delivery = replace(a_delivery(), targets=(a_target(elsewhere, role_arn=role_arn()),))
    role = a_role(
        "from-orders", {"Effect": "Allow", "Action": ["events:PutEvents", "sqs:SendMessage"], "Resource": "*"}
    )
    topology = a_topology(*the_flow(delivery=delivery, role=role))

    (flow,) = declared_flows(topology)

    assert isinstance(proof_of(topology, flow).arrives, Undecided)


def test_a_denial_is_in_the_way_whatever_else_is_allowed() -> None:
    deny = {"Effect": "Deny", "Principal": {"AWS": role_arn()}, "Action": "events:PutEvents", "Resource": ON_BILLING}

    obstacle = obstacle_of([*the_flow(), a_bus_policy(deny, on=ON_BILLING)])

    assert obstacle.answer is False
    assert obstacle.says == f"{ON_BILLING} lets role {role_arn()} in"


def test_a_producer_whose_account_is_known_at_deployment_only_publishes_all_the_same() -> None:
    account = unknown("account of the stack")
    bus = a_bus(account=account, stamp=PARTS["bus"].stamp)
    own = a_rule(a_target(INVOICES), on=bus.arn, account=account, stamp=PARTS["mover"].stamp)

    proof = proved([bus, own])

    assert isinstance(proof.arrives, Undecided)
