"""What holds of every trace, whatever the topology."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.simulation import Arrival, Trace, trace
from cdk_eventbridge_patterns.testing.builders import BILLING, a_queue, a_rule, a_target, bus_arn
from cdk_eventbridge_patterns.undecided import Answer, Undecided
from tests.laws.traced import EVENT, HERE, TOPOLOGIES, VALUES, Drawn, can_be, filled, statements, topology

LAW = settings(deadline=None, max_examples=80)


def traced(drawn: Drawn) -> Trace:
    """Return the trace of an order through what was drawn."""
    return trace(topology(drawn), EVENT, bus=HERE)


def reached(found: Trace, names: set[str]) -> dict[str, Answer]:
    """Return whether the event gets to each of *names*."""
    return {name: found.reaches(name) for name in names}


def targets(drawn: Drawn) -> set[str]:
    """Return the ARNs of all targets."""
    return {target["arn"] for rule in drawn["rules"] for target in rule["targets"]}


def openness(answer: Answer) -> int:
    """Return how near an answer is to yes."""
    return 1 if isinstance(answer, Undecided) else 2 * answer


def is_sure(arrival: Arrival) -> bool:
    """Return whether every decision about the targets on the way is yes."""
    return all(step.answer is True for target in arrival.path for step in target.steps)


@LAW
@given(drawn=TOPOLOGIES, values=VALUES)
def test_what_is_decided_holds_whatever_the_unknown_turns_out_to_be(drawn: Drawn, values: dict[str, str]) -> None:
    known = filled(drawn, values)
    assume(can_be(known))
    before = traced(drawn)

    after = traced(known)

    for arn in targets(known):
        decided, real = before.reaches(arn), after.reaches(arn)
        if isinstance(decided, bool) and isinstance(real, bool):
            assert real is decided, arn


@LAW
@given(drawn=TOPOLOGIES, other=TOPOLOGIES)
def test_a_rule_more_never_keeps_an_event_from_where_it_got_to(drawn: Drawn, other: Drawn) -> None:
    before = reached(traced(drawn), targets(drawn))

    after = reached(traced({**drawn, "rules": [*drawn["rules"], *other["rules"]]}), targets(drawn))

    assert all(openness(after[arn]) >= openness(answer) for arn, answer in before.items())


@LAW
@given(drawn=TOPOLOGIES)
def test_what_has_nothing_to_do_with_it_changes_nothing(drawn: Drawn) -> None:
    known = topology(drawn)
    queue = a_queue("audit", account=BILLING)
    rule = a_rule(a_target(queue.arn), on=bus_arn("acme-audit", account=BILLING), account=BILLING)

    more = replace(known, receivers=(*known.receivers, queue), rules=(*known.rules, rule))

    assert trace(more, EVENT, bus=HERE) == trace(known, EVENT, bus=HERE)


@LAW
@given(drawn=TOPOLOGIES, on=st.integers(0, 9), denial=statements(st.just("Deny")))
def test_a_deny_more_never_lets_an_event_arrive(drawn: Drawn, on: int, denial: dict[str, Any]) -> None:
    places = sorted({HERE, *targets(drawn)})
    before = reached(traced(drawn), targets(drawn))

    denied = {"on": places[on % len(places)], "statements": [denial]}
    after = reached(traced({**drawn, "policies": [*drawn["policies"], denied]}), targets(drawn))

    assert all(openness(after[arn]) <= openness(answer) for arn, answer in before.items())


@LAW
@given(drawn=TOPOLOGIES)
def test_an_event_arrives_if_every_decision_on_its_way_is_yes_and_only_then(drawn: Drawn) -> None:
    found = traced(drawn)

    for arrival in found.arrivals():
        if arrival.arrives is True:
            assert found.published is True
            assert is_sure(arrival)
        if not is_sure(arrival):
            assert arrival.arrives is not True


@LAW
@given(drawn=TOPOLOGIES)
def test_an_event_that_arrives_moved_from_bus_to_bus_at_most_once(drawn: Drawn) -> None:
    for arrival in traced(drawn).arrivals():
        if arrival.arrives is True:
            assert sum(target.target.is_bus for target in arrival.path) <= 1
