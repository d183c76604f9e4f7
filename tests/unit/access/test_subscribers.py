"""Who may put rules on a bus, and who has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.grant import Grant
from cdk_eventbridge_patterns.access.subscribe import organization_statements, subscribe_statements
from cdk_eventbridge_patterns.access.subscribers import ACTIONS, Subscribers
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_bus_policy,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS_BUS = BusAddress(ORDERS, REGION, "acme-prod-orders")
PLACED = EventType("com.acme.orders", "OrderPlaced.v1")
OURS = a_bus_policy(*subscribe_statements(ORDERS_BUS, ACME, Consumer("billing", BILLING), [PLACED]).values())
RULES = f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders"

PURPLE, AUDIT = AskedEvent(source="com.exampleCorp.purple"), AskedEvent(source="com.exampleCorp.audit")
OF_PLACED = AskedEvent(source="com.acme.orders", detail_type="OrderPlaced.v1")
ASK_FOR_PURPLE = {
    "events:creatorAccount": "${aws:PrincipalAccount}",
    "events:source": "com.exampleCorp.purple",
}
# The statement by which AWS's samples let a service put its rules.
# https://github.com/aws-samples/amazon-eventbridge-resource-policy-samples
SAMPLES = a_bus_policy(
    {
        "Sid": "BlueServiceRuleCreation",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": ["events:DisableRule", "events:EnableRule", *ACTIONS],
        "Resource": f"{RULES}/*",
        "Condition": {"StringEqualsIfExists": ASK_FOR_PURPLE},
    }
)


def allow(*actions: str, resource: str = f"{RULES}/*", **more: Any) -> dict[str, Any]:
    principal = {"AWS": f"arn:aws:iam::{BILLING}:root"}
    return {"Effect": "Allow", "Principal": principal, "Action": [*actions], "Resource": resource, **more}


def subscribers(*elements: Element, event: AskedEvent | None = None, account: str | None = None) -> Subscribers:
    topology: Topology = a_topology(a_bus(), *elements)
    return Subscribers(topology=topology, bus_arn=bus_arn(), event=event or AskedEvent(), account=account)


def of_billing(*elements: Element, event: AskedEvent | None = None) -> Grant:
    (grant,) = subscribers(*elements, event=event, account=BILLING).grants
    return grant


def test_our_statements_let_a_consumer_subscribe_to_what_they_say() -> None:
    grants = {grant.grantee.name: grant for grant in subscribers(OURS).grants}

    assert [*grants] == [f"account {ORDERS}", f"account {BILLING}"]
    assert grants[f"account {BILLING}"].decision.answer is True
    assert [(way.statement.sid, way.actions) for way in grants[f"account {BILLING}"].ways] == [
        ("acme-prod-orders--billing--rules", ("events:PutRule",)),
        ("acme-prod-orders--billing--targets", ("events:PutTargets",)),
        ("acme-prod-orders--billing--manage", ACTIONS[2:]),
    ]


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        (OF_PLACED, True),
        (AskedEvent(source="com.acme.orders"), True),
        (AskedEvent(source="com.acme.orders", detail_type="OrderCancelled.v1"), False),
        (AskedEvent(source="com.acme.shipping"), False),
    ],
)
def test_one_account_and_one_event_is_decided(event: AskedEvent, answer: bool) -> None:
    assert of_billing(OURS, event=event).decision.answer is answer


def test_why_an_account_may_not_is_said() -> None:
    grant = of_billing(OURS, event=AskedEvent(source="com.acme.orders", detail_type="OrderCancelled.v1"))

    assert grant.decision.reason == (
        "events:PutRule: statement 'acme-prod-orders--billing--rules' does not: ForAllValues:StringEquals "
        "events:detail-type is OrderPlaced.v1, and that of the request is OrderCancelled.v1"
    )


def test_an_account_that_no_statement_names_may_not() -> None:
    (grant,) = subscribers(OURS, account="333333333333").grants

    assert grant.decision.answer is False


def test_the_samples_of_aws_let_a_rule_take_any_source() -> None:
    named, other = of_billing(SAMPLES, event=PURPLE), of_billing(SAMPLES, event=AUDIT)

    assert named.decision.answer is True
    assert named.provided is None
    assert other.decision.answer is True
    assert other.provided == "by a rule that asks for no source, and so takes any"


def test_the_samples_of_aws_let_a_rule_have_any_target() -> None:
    (way,) = of_billing(SAMPLES).ways

    assert "any target" in way.held_to
    assert "any event" in way.held_to
    assert "only rules for source com.exampleCorp.purple, and rules that ask for no source" in way.held_to


def test_an_organisation_may_put_rules() -> None:
    ours = a_bus_policy(*organization_statements(ORDERS_BUS, ACME, "o-exampleorg1", [PLACED]).values())

    answers = {grant.grantee.name: grant.decision.answer for grant in subscribers(ours).grants}

    assert answers["every account of organisation o-exampleorg1"] is True


def test_whether_an_account_is_of_the_organisation_is_no_choice_of_its_own() -> None:
    ours = a_bus_policy(*organization_statements(ORDERS_BUS, ACME, "o-exampleorg1", [PLACED]).values())
    known = a_topology(a_bus(), ours, billings_rule(), organization="o-exampleorg1")

    (of_known,) = Subscribers(topology=known, bus_arn=bus_arn(), account=BILLING).grants

    assert isinstance(of_billing(ours, event=OF_PLACED).decision.answer, Undecided)
    assert of_known.decision.answer is True


@pytest.mark.parametrize("lacking", ACTIONS)
def test_every_action_it_takes_must_be_allowed(lacking: str) -> None:
    policy = a_bus_policy(allow(*(action for action in ACTIONS if action != lacking)))

    decision = of_billing(policy).decision

    assert decision.answer is False
    assert decision.reason.startswith(f"{lacking}: ")


def test_all_actions_must_be_allowed_of_one_rule() -> None:
    apart = a_bus_policy(
        allow("events:PutRule", resource=f"{RULES}/billing-*"),
        allow(*ACTIONS[1:], resource=f"{RULES}/audit-*"),
    )
    within = a_bus_policy(allow("events:PutRule"), allow(*ACTIONS[1:], resource=f"{RULES}/audit-*"))

    assert of_billing(apart).decision.answer is not True
    assert of_billing(within).decision.answer is True


def test_a_deny_is_honoured_and_shown() -> None:
    deny = {**allow("events:PutTargets"), "Effect": "Deny", "Sid": "no-targets", "Principal": "*"}

    grants = subscribers(OURS, a_bus_policy(deny)).grants

    assert [(grant.decision.answer, grant.decision.reason) for grant in grants] == [
        (False, "events:PutTargets: statement 'no-targets' denies it"),
        (False, "events:PutTargets: statement 'no-targets' denies it"),
    ]
    assert [denial.statement.sid for grant in grants for denial in grant.denials] == ["no-targets", "no-targets"]


def test_targets_are_never_absent() -> None:
    elsewhere = {"ArnNotLikeIfExists": {"events:TargetArn": "arn:aws:events:*:*:event-bus/*"}}
    deny = {**allow("events:PutTargets", Condition=elsewhere), "Effect": "Deny", "Principal": "*"}

    assert of_billing(OURS, a_bus_policy(deny)).decision.answer is True
    assert of_billing(SAMPLES, a_bus_policy(deny)).decision.answer is True


def test_rules_on_the_default_bus_have_no_bus_in_their_name() -> None:
    policy = a_bus_policy(
        allow(*ACTIONS, resource=f"arn:aws:events:{REGION}:{ORDERS}:rule/billing-*"), on=bus_arn("default")
    )
    topology = a_topology(policy)

    (grant,) = Subscribers(topology=topology, bus_arn=bus_arn("default"), account=BILLING).grants

    assert grant.decision.answer is True


def billings_rule(**properties: Any) -> Element:
    target = a_target(bus_arn("acme-prod-billing", account=BILLING))
    return a_rule(target, account=BILLING, **properties)


def put(*elements: Element, **asked: Any) -> Mapping[str, Answer]:
    return {there.rule.name: there.decision.answer for there in subscribers(*elements, **asked).rules}


def test_rules_that_are_there_are_held_against_the_policy() -> None:
    fits, other = (
        billings_rule(),
        billings_rule(name="acme-prod-billing--all", event_pattern={"source": ["com.acme.x"]}),
    )

    assert put(OURS, fits, other) == {"acme-prod-billing--order-placed-v1": True, "acme-prod-billing--all": False}


def test_rules_of_the_own_account_need_no_policy() -> None:
    assert put(a_rule(name="local")) == {"local": True}


def test_just_rules_of_the_account_and_the_event_that_are_asked_about_are_shown() -> None:
    local, foreign = a_rule(name="local"), billings_rule()

    assert put(OURS, local, foreign, account=BILLING) == {"acme-prod-billing--order-placed-v1": True}
    assert put(OURS, local, foreign, event=AUDIT) == {}


def test_on_a_bus_that_was_not_read_nothing_is_decided() -> None:
    topology = a_topology(billings_rule(), environments=frozenset({(BILLING, REGION)}))
    asked = Subscribers(topology=topology, bus_arn=bus_arn())

    unread = Undecided(f"no template of account {ORDERS} in {REGION} was read")
    assert [grant.decision.answer for grant in asked.grants] == [unread]
    assert [there.decision.answer for there in asked.rules] == [unread]
