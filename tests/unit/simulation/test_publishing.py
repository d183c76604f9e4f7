"""Who may publish an event on a bus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_role,
    a_rule,
    a_topology,
    an_event,
    bus_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    MAY_PUBLISH,
    ORDER_PLACED,
    ORDERS_BUS,
    account,
    allow,
    deny,
    placed,
    step,
)

CHECKOUT = role_arn("checkout", account=ORDERS)
DEFAULT_BUS = bus_arn("default")
OBJECT_CREATED = {"source": "aws.s3", "detail-type": "Object Created", "detail": {}}


def test_the_account_of_the_bus_publishes_by_its_own_iam() -> None:
    found = placed(a_topology(a_bus()))

    assert found.published is True
    assert "own IAM" in step(found, "may put OrderPlaced.v1").reason


def test_a_deny_of_the_bus_keeps_its_own_account_out() -> None:
    found = placed(a_topology(a_bus(), a_bus_policy(deny("events:PutEvents", who="*"))))

    assert found.published is False
    assert found.bus is None


def test_another_account_publishes_only_where_the_bus_lets_it() -> None:
    let_in = a_bus_policy(allow("events:PutEvents", ORDERS_BUS, account(BILLING)))

    assert placed(a_topology(a_bus(), let_in), publisher=BILLING).published is True
    assert placed(a_topology(a_bus()), publisher=BILLING).published is False


def test_on_a_central_bus_the_account_publishes_that_the_bus_says() -> None:
    elsewhere = replace(an_event("OrderPlaced"), account=BILLING)
    central = a_bus(stamp=Stamp(service="platform", publishes=(elsewhere,)))
    let_in = a_bus_policy(allow("events:PutEvents", ORDERS_BUS, account(BILLING)))

    assert placed(a_topology(central, let_in)).published is True
    refused = placed(a_topology(central))
    assert refused.published is False
    assert str(refused.publisher) == f"account {BILLING}"


def test_a_condition_on_the_source_is_held_against_the_event() -> None:
    only_billing = a_bus_policy(
        allow("events:PutEvents", ORDERS_BUS, account(BILLING), StringEquals={"events:source": "com.acme.billing"})
    )

    found = placed(a_topology(a_bus(), only_billing), publisher=BILLING)

    assert found.published is False
    assert "StringEquals events:source is com.acme.billing" in step(found, "may put").reason


def test_a_condition_on_the_detail_type_is_held_against_the_event() -> None:
    only_orders = a_bus_policy(
        allow("events:PutEvents", who=account(BILLING), StringEquals={"events:detail-type": "OrderPlaced.v1"})
    )

    assert placed(a_topology(a_bus(), only_orders), publisher=BILLING).published is True


def test_what_is_published_directly_is_no_invocation_by_a_bus() -> None:
    by_rules_only = a_bus_policy(
        allow("events:PutEvents", who=account(BILLING), Bool={"events:eventBusInvocation": "true"})
    )

    assert placed(a_topology(a_bus(), by_rules_only), publisher=BILLING).published is False


def test_one_role_alone_may_be_let_in_so_that_it_is_undecided_for_its_account() -> None:
    the_role = a_bus_policy(allow("events:PutEvents", who={"AWS": role_arn("checkout")}))

    published = placed(a_topology(a_bus(), the_role), publisher=BILLING).published

    assert published == Undecided(f"just {role_arn('checkout')} may ask")


@pytest.mark.parametrize(("organization", "answer"), [("o-acme123456", True), ("o-other", False)])
def test_an_organisation_is_let_in_where_somebody_said_which_it_is(organization: str, *, answer: bool) -> None:
    members = a_bus_policy(allow("events:PutEvents", who="*", StringEquals={"aws:PrincipalOrgID": "o-acme123456"}))
    topology = a_topology(a_bus(), a_bus(account=BILLING), members, organization=organization)

    assert placed(topology, publisher=BILLING).published is answer


def test_whether_an_account_is_of_an_organisation_is_undecided_where_nobody_said() -> None:
    members = a_bus_policy(allow("events:PutEvents", who="*", StringEquals={"aws:PrincipalOrgID": "o-acme123456"}))

    published = placed(a_topology(a_bus(), members), publisher=BILLING).published

    assert published == Undecided(f"the organisation of account {BILLING} is not known")


def test_a_role_of_the_same_account_publishes_by_its_own_policy() -> None:
    allowed, idle = a_role("checkout", MAY_PUBLISH, account=ORDERS), a_role("checkout", account=ORDERS)

    assert placed(a_topology(a_bus(), allowed), publisher=CHECKOUT).published is True
    assert placed(a_topology(a_bus(), idle), publisher=CHECKOUT).published is False


def test_a_role_of_another_account_takes_both_its_own_policy_and_that_of_the_bus() -> None:
    checkout, own = role_arn("checkout"), a_role("checkout", MAY_PUBLISH)
    let_in = a_bus_policy(allow("events:PutEvents", who=account(BILLING)))

    assert placed(a_topology(a_bus(), own, let_in), publisher=checkout).published is True
    assert placed(a_topology(a_bus(), own), publisher=checkout).published is False
    assert placed(a_topology(a_bus(), a_role("checkout"), let_in), publisher=checkout).published is False


def test_a_role_with_a_managed_policy_or_boundary_that_nobody_read_is_undecided() -> None:
    managed = a_role("checkout", account=ORDERS, unread=("arn:aws:iam::aws:policy/PowerUserAccess",))
    bounded = a_role("checkout", MAY_PUBLISH, account=ORDERS, boundary="arn:aws:iam::aws:policy/Boundary")

    for role in (managed, bounded):
        assert isinstance(placed(a_topology(a_bus(), role), publisher=CHECKOUT).published, Undecided)


def test_a_role_that_its_account_does_not_declare_publishes_nothing() -> None:
    assert placed(a_topology(a_bus()), publisher=CHECKOUT).published is False


def test_a_role_of_which_nobody_knows_whether_it_is_made_is_undecided() -> None:
    role = a_role("checkout", MAY_PUBLISH, account=ORDERS, conditional=Undecided("parameter 'Stage' decides"))

    published = placed(a_topology(a_bus(), role), publisher=CHECKOUT).published

    assert published == Undecided("parameter 'Stage' decides")


@pytest.mark.parametrize(
    "publisher", [f"arn:aws:iam::{ORDERS}:user/ada", f"arn:aws:sts::{ORDERS}:assumed-role/checkout/one"]
)
def test_users_and_sessions_are_in_no_template_and_so_undecided(publisher: str) -> None:
    published = placed(a_topology(a_bus()), publisher=publisher).published

    assert published == Undecided(f"{publisher} is in no template that was read")


def test_aws_services_publish_on_default_buses_only() -> None:
    topology = a_topology(a_bus())

    assert trace(topology, OBJECT_CREATED, bus=DEFAULT_BUS).published is True
    assert trace(topology, OBJECT_CREATED, bus=ORDERS_BUS).published is False


def test_nobody_else_publishes_with_a_source_of_aws() -> None:
    found = trace(a_topology(a_bus()), OBJECT_CREATED, bus=ORDERS_BUS, publisher=ORDERS)

    refusing = step(found, "publishes with source aws.s3")
    assert refusing.refuses
    assert refusing.code == "NotAuthorizedForSourceException"


def test_a_partner_publishes_on_the_bus_that_has_the_name_of_its_source() -> None:
    source = "aws.partner/example.com/acme/payments"
    paid = {"source": source, "detail-type": "Paid", "detail": {}}

    on_partner_bus = step(trace(a_topology(a_bus()), paid, bus=bus_arn(source)), "publishes on")
    on_default_bus = step(trace(a_topology(a_bus()), paid, bus=DEFAULT_BUS), "publishes on")

    assert (on_partner_bus.answer, on_default_bus.answer) == (True, False)


def test_every_account_has_a_default_bus() -> None:
    assert placed(a_topology(a_bus()), bus=DEFAULT_BUS).published is True


def test_on_a_bus_that_nobody_declares_nothing_is_published() -> None:
    found = placed(a_topology(a_bus("acme-prod-billing")))

    assert step(found, "is there").refuses
    assert found.published is False


def test_on_a_bus_of_an_account_nobody_read_it_is_undecided() -> None:
    elsewhere = a_topology(a_bus("acme-prod-billing", account=BILLING))

    assert isinstance(placed(elsewhere).published, Undecided)
    assert isinstance(placed(elsewhere, publisher=BILLING).published, Undecided)


def test_on_a_bus_that_may_not_be_made_it_is_undecided() -> None:
    maybe = a_bus(conditional=Undecided("parameter 'Stage' decides"))

    assert placed(a_topology(maybe)).published == Undecided("parameter 'Stage' decides")


def test_a_policy_that_may_not_be_made_neither_lets_in_for_sure_nor_keeps_out() -> None:
    let_in = a_bus_policy(allow("events:PutEvents", who=account(BILLING)))
    (statement,) = let_in.statements
    maybe = replace(let_in, statements=(replace(statement, conditional=Undecided("parameter 'Stage' decides")),))

    assert placed(a_topology(a_bus(), maybe), publisher=BILLING).published == Undecided("parameter 'Stage' decides")


def test_who_publishes_is_by_default_the_account_that_the_event_names_else_that_of_the_bus() -> None:
    topology = a_topology(a_bus(), a_bus_policy(allow("events:PutEvents", who=account(BILLING))), a_rule())

    of_billing = trace(topology, {**ORDER_PLACED, "account": BILLING}, bus=ORDERS_BUS)

    assert str(of_billing.publisher) == f"account {BILLING}"
    assert of_billing.event["account"] == BILLING
    assert str(placed(topology).publisher) == f"account {ORDERS}"


def test_a_publisher_of_no_kind_is_refused() -> None:
    with pytest.raises(TraceError, match="publisher must be an account, the ARN of a role or a service, such as"):
        placed(a_topology(a_bus()), publisher="checkout")
