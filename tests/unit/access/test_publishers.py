"""Who may publish on a bus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.carriers import carriers_to
from cdk_eventbridge_patterns.access.grant import Grant
from cdk_eventbridge_patterns.access.publish import publish_statement
from cdk_eventbridge_patterns.access.publishers import Publishers
from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_bus_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS_BUS = BusAddress(ORDERS, REGION, "acme-prod-orders")
PLACED = EventType("com.acme.orders", "OrderPlaced.v1")
LAMBDA = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
PUBLISH = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"}
AUDIT, SHOP = AskedEvent(source="com.acme.audit"), AskedEvent(source="com.acme.shop")


def allow(principal: Any, condition: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    written = {"Sid": "let", "Effect": "Allow", "Principal": principal, "Action": "events:PutEvents", "Resource": "*"}
    return {**written, **({} if condition is None else {"Condition": condition}), **more}


def root(account: str) -> dict[str, str]:
    return {"AWS": f"arn:aws:iam::{account}:root"}


def a_world(*elements: Element, **others: Any) -> Topology:
    return a_topology(a_bus(), a_queue(), *elements, **others)


def a_policy_that_is_not_read() -> ResourcePolicy:
    policy = a_bus_policy(allow("*"))
    return replace(policy, statements=(statement(Undecided("a parameter"), policy.location),))


def granted(topology: Topology, event: AskedEvent | None = None) -> dict[str, Grant]:
    grants = Publishers(topology=topology, bus_arn=bus_arn(), event=event or AskedEvent()).grants
    return {grant.grantee.name: grant for grant in grants}


def answers(topology: Topology, event: AskedEvent | None = None) -> dict[str, Answer]:
    return {name: grant.decision.answer for name, grant in granted(topology, event).items()}


def test_an_account_may_publish_what_our_statement_holds_it_to() -> None:
    topology = a_world(a_bus_policy(publish_statement(ORDERS_BUS, ACME, [BILLING], [PLACED])))

    grant = granted(topology)[f"account {BILLING}"]

    assert grant.decision.answer is True
    assert [way.held_to for way in grant.ways] == [
        ("only events of source com.acme.orders", "only events of detail-type OrderPlaced.v1")
    ]


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        (AskedEvent(source="com.acme.orders", detail_type="OrderPlaced.v1"), True),
        (AskedEvent(source="com.acme.orders"), True),
        (AskedEvent(source="com.acme.orders", detail_type="OrderCancelled.v1"), False),
        (AUDIT, False),
    ],
)
def test_of_one_event_each_is_decided(event: AskedEvent, answer: bool) -> None:
    topology = a_world(a_bus_policy(publish_statement(ORDERS_BUS, ACME, [BILLING], [PLACED])))

    assert answers(topology, event)[f"account {BILLING}"] is answer


def test_the_own_account_of_a_bus_comes_first_and_its_own_iam_decides() -> None:
    first = next(iter(granted(a_world(a_bus_policy(allow(root(BILLING))))).values()))

    assert first.grantee.name == f"account {ORDERS}"
    assert first.decision.reason == "the bus is its own, so its own IAM decides"


def test_a_deny_takes_an_account_out() -> None:
    deny = allow(root(BILLING), Effect="Deny", Sid="not-them")
    topology = a_world(a_bus_policy(allow(root(BILLING)), deny))

    decision = granted(topology)[f"account {BILLING}"].decision

    assert decision.answer is False
    assert decision.reason == "statement 'not-them' denies it"


def test_a_deny_of_some_events_is_shown_and_leaves_the_others() -> None:
    deny = allow("*", {"StringLike": {"events:source": "com.acme.audit*"}}, Effect="Deny", Sid="no-audit")
    topology = a_world(a_bus_policy(allow(root(BILLING)), deny))

    grant = granted(topology)[f"account {BILLING}"]

    assert grant.decision.answer is True
    assert [way.held_to for way in grant.denials] == [("events of a source like com.acme.audit*",)]
    assert answers(topology, AUDIT)[f"account {BILLING}"] is False
    assert answers(topology, SHOP)[f"account {BILLING}"] is True


def test_a_deny_of_all_but_some_events_leaves_those() -> None:
    deny = allow("*", {"StringNotEquals": {"events:source": "com.acme.shop"}}, Effect="Deny")
    topology = a_world(a_bus_policy(allow(root(BILLING)), deny))

    assert answers(topology)[f"account {BILLING}"] is True
    assert answers(topology, AUDIT)[f"account {BILLING}"] is False


def test_a_deny_of_all_that_is_allowed_leaves_nothing_that_is_known() -> None:
    source = {"StringEquals": {"events:source": "com.acme.audit"}}
    topology = a_world(a_bus_policy(allow(root(BILLING), source), allow("*", source, Effect="Deny")))

    assert answers(topology)[f"account {BILLING}"] is not True


def test_an_organisation_may_publish_by_its_condition() -> None:
    topology = a_world(a_bus_policy(allow("*", {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}})))

    grant = granted(topology)["every account of organisation o-exampleorg1"]

    assert grant.decision.answer is True
    assert "only accounts of organisation o-exampleorg1" in grant.ways[0].held_to


def test_whether_a_named_account_is_of_an_organisation_stays_undecided() -> None:
    members = {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}
    topology = a_world(a_bus_policy(allow(root(BILLING), members)))

    assert isinstance(answers(topology)[f"account {BILLING}"], Undecided)


def test_a_role_that_a_condition_names_stands_for_its_account() -> None:
    deployer = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{BILLING}:role/deploy-*"}}
    other = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::333333333333:role/deploy-*"}}

    assert answers(a_world(a_bus_policy(allow(root(BILLING), deployer))))[f"account {BILLING}"] is True
    assert answers(a_world(a_bus_policy(allow(root(BILLING), other))))[f"account {BILLING}"] is not True


def test_everyone_is_said_to_be_everyone() -> None:
    assert answers(a_world(a_bus_policy(allow("*"))))["everyone"] is True


def test_a_service_may_be_let_in_with_what_rules_deliver_alone() -> None:
    by_rules = {"Bool": {"events:eventBusInvocation": "true"}}
    topology = a_world(a_bus_policy(allow({"Service": "events.amazonaws.com"}, by_rules)))

    grant = granted(topology)["events.amazonaws.com"]

    assert grant.decision.answer is True
    assert "only what rules deliver" in grant.ways[0].held_to


def test_a_service_may_publish_on_behalf_of_whom_the_statement_says() -> None:
    source = {"StringEquals": {"aws:SourceAccount": BILLING}}
    topology = a_world(a_bus_policy(allow({"Service": "scheduler.amazonaws.com"}, source)))

    grant = granted(topology)["scheduler.amazonaws.com"]

    assert grant.decision.answer is True
    assert f"only on behalf of account {BILLING}" in grant.ways[0].held_to


def test_whoever_a_parameter_names_is_undecided() -> None:
    topology = a_world(a_bus_policy(allow({"AWS": "«parameter 'Partner'»"})))

    assert isinstance(answers(topology)["«parameter 'Partner'»"], Undecided)


def test_a_policy_that_may_not_be_made_decides_nothing() -> None:
    maybe = replace(a_bus_policy(allow(root(BILLING))), conditional=Undecided("condition 'IsProd'"))

    grant = granted(a_world(maybe))[f"account {BILLING}"]

    assert grant.decision.answer == Undecided("condition 'IsProd'")
    assert "perhaps not: condition 'IsProd'" in grant.ways[0].held_to


def test_a_policy_of_a_bus_that_is_not_known_decides_nothing() -> None:
    elsewhere = a_bus_policy(allow(root(BILLING)), on=bus_arn("«parameter 'Bus'»"))

    assert isinstance(answers(a_world(elsewhere))[f"account {BILLING}"], Undecided)


def test_a_policy_of_another_bus_without_a_known_name_is_not_of_this_one() -> None:
    other = a_bus("«parameter 'Bus'»")
    topology = a_world(other, a_bus_policy(allow(root(BILLING)), on=other.arn))

    assert f"account {BILLING}" not in answers(topology)


def test_a_statement_that_is_not_read_may_let_anybody_in() -> None:
    unread = a_policy_that_is_not_read()

    (own, grant) = granted(a_world(unread)).values()

    assert own.decision.answer == Undecided("a parameter")
    assert grant.grantee.name.startswith("whoever the statement at ")
    assert grant.decision.answer == Undecided("a parameter")
    assert [way.held_to for way in own.denials] == [("what it says is not known: a parameter",)]


def test_in_the_account_of_the_bus_the_policy_of_a_role_suffices() -> None:
    role = a_role("checkout", PUBLISH, account=ORDERS, trust=(LAMBDA,))

    assert answers(a_world(role))[role.arn] is True


def test_across_accounts_the_bus_must_let_the_role_in_too() -> None:
    role = a_role("checkout", PUBLISH, account=BILLING, trust=(LAMBDA,))
    let_in = a_bus_policy(allow(root(BILLING), {"StringEquals": {"events:source": "com.acme.shop"}}))

    assert answers(a_world(role))[role.arn] is False
    assert answers(a_world(role, let_in))[role.arn] is True
    assert answers(a_world(role, let_in), AUDIT)[role.arn] is False


def test_a_role_and_a_bus_that_allow_different_events_have_none_in_common() -> None:
    of_audit = {**PUBLISH, "Condition": {"StringEquals": {"events:source": "com.acme.audit"}}}
    role = a_role("checkout", of_audit, account=BILLING, trust=(LAMBDA,))
    let_in = a_bus_policy(allow(root(BILLING), {"StringEquals": {"events:source": "com.acme.shop"}}))

    assert answers(a_world(role, let_in))[role.arn] is not True


def test_a_role_of_another_account_that_was_not_read_is_undecided() -> None:
    arn = role_arn("checkout", account=BILLING)

    assert isinstance(answers(a_world(a_bus_policy(allow({"AWS": arn}))))[arn], Undecided)


def test_a_role_in_the_account_of_the_bus_may_be_let_in_by_the_bus_alone() -> None:
    arn = role_arn("checkout", account=ORDERS)

    assert answers(a_world(a_bus_policy(allow({"AWS": arn}))))[arn] is True


def test_a_role_that_may_not_publish_is_no_answer() -> None:
    role = a_role("reader", {**PUBLISH, "Action": "sqs:SendMessage"}, account=ORDERS, trust=(LAMBDA,))

    assert role.arn not in answers(a_world(role))


def test_a_role_with_a_boundary_is_undecided() -> None:
    role = a_role("checkout", PUBLISH, account=ORDERS, trust=(LAMBDA,), boundary="arn:aws:iam::aws:policy/B")

    assert isinstance(answers(a_world(role))[role.arn], Undecided)


def test_a_role_with_a_policy_that_no_template_holds_is_named() -> None:
    role = a_role("admin", account=ORDERS, trust=(LAMBDA,), unread=("arn:aws:iam::aws:policy/Admin",))

    publishers = Publishers(topology=a_world(role), bus_arn=bus_arn())

    assert [each.arn for each in publishers.roles_not_read] == [role.arn]


def test_a_bus_that_was_not_read_lets_in_nobody_knows_whom() -> None:
    role = a_role("checkout", PUBLISH, account=BILLING, trust=(LAMBDA,))
    topology = a_topology(role, a_rule(on=bus_arn(), account=BILLING), environments=frozenset({(BILLING, REGION)}))

    unread = Undecided(f"no template of account {ORDERS} in {REGION} was read")
    assert answers(topology) == {f"account {ORDERS}": unread, role.arn: unread}


def a_carrier(*, enabled: bool = True, role: str | None = None) -> tuple[Element, ...]:
    carried = a_role("from-billing", PUBLISH, account=ORDERS)
    target = a_target(bus_arn(), role_arn=carried.arn if role is None else role)
    return carried, a_rule(target, on=bus_arn("acme-prod-billing", account=BILLING), enabled=enabled)


def test_a_rule_of_another_bus_brings_events_by_its_role() -> None:
    topology = a_world(*a_carrier())

    (carrier,) = carriers_to(topology, bus_arn(), AskedEvent())

    assert carrier.move.rule.bus_name == "acme-prod-billing"
    assert carrier.decision.answer is True
    assert role_arn("from-billing", account=ORDERS) not in answers(topology)


def test_a_rule_brings_just_what_it_takes() -> None:
    topology = a_world(*a_carrier())

    assert carriers_to(topology, bus_arn(), AskedEvent(source="com.acme.orders"))
    assert not carriers_to(topology, bus_arn(), AUDIT)


def test_a_rule_that_is_off_brings_nothing() -> None:
    assert not carriers_to(a_world(*a_carrier(enabled=False)), bus_arn(), AskedEvent())


def test_a_role_of_another_account_must_be_let_in() -> None:
    foreign = a_role("push", PUBLISH, account=BILLING)
    rule = a_rule(a_target(bus_arn(), role_arn=foreign.arn), on=bus_arn("acme-prod-billing", account=BILLING))

    (refused,) = carriers_to(a_world(foreign, rule), bus_arn(), AskedEvent())
    (let_in,) = carriers_to(a_world(foreign, rule, a_bus_policy(allow(root(BILLING)))), bus_arn(), AskedEvent())

    assert refused.decision.reason == "the bus does not let it in: no statement allows it"
    assert let_in.decision.answer is True


def test_a_role_that_only_eventbridge_may_assume_says_so() -> None:
    role = a_role("other", PUBLISH, account=ORDERS)

    assert answers(a_world(role))[f"{role.arn}, which only EventBridge may assume"] is True
