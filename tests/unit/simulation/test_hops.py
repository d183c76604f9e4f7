"""How often an event moves from bus to bus: once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cdk_eventbridge_patterns.simulation import Outcome
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
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    AUDIT,
    MAY_PUBLISH,
    ORDERS_BUS,
    OTHER_REGION,
    Parts,
    a_queue_policy,
    allow,
    arrival,
    at,
    of,
    placed,
)

Place = tuple[str, str, str]

HERE: Place = ("acme-prod-orders", ORDERS, REGION)


def bus_at(place: Place) -> str:
    name, account, region = place
    return bus_arn(name, account=account, region=region)


def a_move(start: Place, end: Place, **target: str) -> Rule:
    """Return the rule of the owner of a bus that moves all to another."""
    _, account, region = start
    to = a_target(bus_at(end), role_arn=role_arn("mover", account=account), **target)
    return a_rule(to, name=f"to-{end[0]}-{end[2]}", on=bus_at(start), account=account, region=region)


def a_chain(*places: Place) -> Parts:
    """Return buses that let everybody in, each of which moves all to the next."""
    parts: dict[str, Element | None] = {}
    for name, account, region in places:
        arn = bus_at((name, account, region))
        parts[f"bus {arn}"] = a_bus(name, account=account, region=region)
        parts[f"policy {arn}"] = a_bus_policy(allow("events:PutEvents", arn, "*"), on=arn)
        parts[f"role {account}"] = a_role("mover", MAY_PUBLISH, account=account)
    for start, end in pairwise(places):
        parts[f"move {start} {end}"] = a_move(start, end)
    return parts


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ((HERE, ("hub", BILLING, REGION), ("audit", AUDIT, REGION)), "THIRD_ACCOUNT_HOP_DETECTED"),
        ((HERE, ("hub", ORDERS, REGION), ("audit", ORDERS, REGION)), "THIRD_ACCOUNT_HOP_DETECTED"),
        ((HERE, ("hub", BILLING, REGION), ("audit", ORDERS, REGION)), "THIRD_ACCOUNT_HOP_DETECTED"),
        ((HERE, ("hub", ORDERS, OTHER_REGION), ("audit", ORDERS, "us-west-2")), "THIRD_REGION_HOP_DETECTED"),
        ((HERE, ("hub", ORDERS, OTHER_REGION), ("audit", ORDERS, REGION)), "THIRD_REGION_HOP_DETECTED"),
    ],
)
def test_no_event_moves_on_to_a_third_bus(places: tuple[Place, ...], code: str) -> None:
    found = placed(of(a_chain(*places)))

    assert found.reaches(bus_at(places[1])) is True
    assert found.reaches(bus_at(places[2])) is False
    failing = at(found, bus_at(places[2])).failing
    assert failing is not None
    assert failing.code == code
    assert failing.reason.startswith(f"it came here from {ORDERS_BUS}")


@pytest.mark.parametrize(
    "places",
    [
        (HERE, ("hub", ORDERS, REGION), ("audit", ORDERS, OTHER_REGION)),
        (HERE, ("hub", ORDERS, OTHER_REGION), ("audit", AUDIT, OTHER_REGION)),
    ],
)
def test_one_move_in_a_region_and_one_out_of_it_are_undecided_as_others_saw_both_pass(
    places: tuple[Place, ...],
) -> None:
    answer = placed(of(a_chain(*places))).reaches(bus_at(places[2]))

    assert isinstance(answer, Undecided)
    assert "others saw it move once in a Region and once out" in answer.reason


def test_three_moves_are_one_too_many_whatever_their_kinds() -> None:
    places = (HERE, ("hub", ORDERS, REGION), ("audit", ORDERS, OTHER_REGION), ("last", ORDERS, OTHER_REGION))

    assert placed(of(a_chain(*places))).reaches(bus_at(places[3])) is False


def test_a_move_too_many_ends_in_the_dead_letter_queue_of_the_second_rule() -> None:
    hub, audit = ("hub", BILLING, REGION), ("audit", AUDIT, REGION)
    lost = queue_arn("lost")
    second = a_move(hub, audit, dead_letter_arn=lost)
    chain = {**a_chain(HERE, hub, audit), f"move {hub} {audit}": second}

    kept = of(chain, lost=a_queue("lost"), policy=a_queue_policy(lost, second))

    assert at(placed(kept), bus_at(audit)).outcome is Outcome.DEAD_LETTERED
    assert at(placed(of(a_chain(HERE, hub, audit))), bus_at(audit)).outcome is Outcome.LOST


def test_a_moved_event_is_still_delivered_to_what_is_no_bus() -> None:
    hub = ("hub", BILLING, REGION)
    local = a_rule(a_target(queue_arn("invoices")), name="local", on=bus_at(hub), account=BILLING)

    found = of(
        a_chain(HERE, hub), rule=local, queue=a_queue("invoices"), policy=a_queue_policy(queue_arn("invoices"), local)
    )

    assert placed(found).reaches("invoices") is True


def test_what_is_published_on_the_bus_in_between_may_be_moved_from_there() -> None:
    hub, audit = ("hub", BILLING, REGION), ("audit", AUDIT, REGION)

    found = placed(of(a_chain(HERE, hub, audit)), bus=bus_at(hub), publisher=BILLING)

    assert found.reaches(bus_at(audit)) is True


def test_whether_an_event_moves_back_is_undecided_and_traced_no_further() -> None:
    hub = ("hub", BILLING, REGION)
    back = a_move(hub, HERE)

    found = placed(of(a_chain(HERE, hub), back=back))

    answer = arrival(found, ORDERS_BUS).arrives
    assert answer == Undecided("whether an event may move to a bus it was on already is not documented")
    assert [each.bus_arn for each in found.buses()] == [ORDERS_BUS, bus_at(hub)]


def test_a_bus_that_is_a_target_of_its_own_rule_is_undecided_and_traced_no_further() -> None:
    found = placed(of(a_chain(HERE), self=a_move(HERE, HERE)))

    assert isinstance(found.reaches(ORDERS_BUS), Undecided)
    assert [each.bus_arn for each in found.buses()] == [ORDERS_BUS]


def test_a_bus_whose_name_is_a_parameter_may_be_a_third_one() -> None:
    hub, somewhere = ("hub", BILLING, REGION), (unknown("parameter 'Bus'"), BILLING, REGION)

    answer = placed(of(a_chain(HERE, hub), second=a_move(hub, somewhere))).reaches(bus_at(somewhere))

    assert isinstance(answer, Undecided)


def test_the_rules_of_each_bus_that_a_parameter_may_mean_are_followed() -> None:
    hub, somewhere = ("hub", BILLING, REGION), (unknown("parameter 'Bus'"), BILLING, REGION)
    invoices = queue_arn("invoices")
    local = a_rule(a_target(invoices), name="local", on=bus_at(hub), account=BILLING)

    found = placed(
        of(
            a_chain(HERE),
            move=a_move(HERE, somewhere),
            hub=a_bus("hub", account=BILLING),
            local=local,
            queue=a_queue("invoices"),
            policy=a_queue_policy(invoices, local),
        )
    )

    assert isinstance(found.reaches(invoices), Undecided)
