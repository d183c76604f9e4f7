"""A rule's target that is a bus: may the event move there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cdk_eventbridge_patterns.simulation.admission import bus_is_there
from cdk_eventbridge_patterns.simulation.by_role import by_role
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Delivery, Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_

# AWS documents that what has no target any more goes to the dead-letter queue; others saw it dropped for a bus.
_DROPPED = Undecided("whether the dead-letter queue gets what is sent to a bus that is not there is not documented")

_ONCE = "an event moves from bus to bus once"

# One within a Region and one between two: more nobody saw pass.
_MOST_MOVES = 2


def move_steps(topology: Topology, rule: Rule, target: Target, buses: Sequence[str]) -> Iterator[Step]:
    """Return what must be so for *rule* to move an event to the bus that *target* is.

    Args:
        topology: All that was read.

        rule: The rule.

        target: Its target, a bus.

        buses: The buses that the event was on, that of the rule last.
    """
    if rule.kind is BusKind.CLASSIC:
        if target.transforms:
            yield _is_not_changed(rule, target)
        yield from _may_move_on(buses, target)
    yield replace(bus_is_there(topology, target.arn), dead_letters=_DROPPED)
    if _is_newer(target.arn):
        reason = "whether an event takes PutEvents or PutRawEvents there is not followed"
        yield Step.unknown(f"{target.arn} takes what is moved", reason, location=target.at("Arn"))
    if target.role_arn is not None:
        yield from by_role(topology, rule, target, target.role_arn)
    else:
        yield _without_role(rule, target)


def _may_move_on(buses: Sequence[str], target: Target) -> Iterator[Step]:
    """Return whether an event may move on from the last of *buses*: not to a third bus.

    AWS documents that for three buses of one account, and for a third account. Others saw that a move within a Region
    and a move between Regions, one of each, both pass, and two of a kind never.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    """
    location = target.at("Arn")
    is_third = not_(any_of(same(bus, target.arn) for bus in buses))
    if len(buses) > _MOST_MOVES and not any(map(_is_newer, buses)):
        yield Step(says=_ONCE, answer=False, reason="it was moved twice already", location=location)
    elif is_third is not True:
        reason = "whether an event may move to a bus it was on already is not documented"
        unknown = is_third if isinstance(is_third, Undecided) else reason
        yield Step.unknown("an event moves to another bus", unknown, location=location)
    elif len(buses) > 1:
        yield first_of_its_kind([*buses, target.arn], location)


def first_of_its_kind(buses: Sequence[str], location: Location) -> Step:
    """Return whether the last move along *buses* is none too many.

    Args:
        buses: The buses that an event is on one after the other, three at least.

        location: Where the last move is written.
    """
    if any(map(_is_newer, buses)):
        return Step.unknown(_ONCE, "whether a move from or to a newer bus counts is not documented", location=location)
    *before, within = [same(region_of(one), region_of(other)) for one, other in pairwise(buses)]
    if isinstance(within, Undecided) or within not in before:
        reason = "AWS documents that no event moves on to a third bus; others saw it move once in a Region and once out"
        return Step.unknown(_ONCE, reason, location=location)
    return Step(
        says=_ONCE,
        answer=False,
        reason=f"it came here from {buses[-3]}, and {buses[-1]} is a third bus",
        code="THIRD_ACCOUNT_HOP_DETECTED" if within else "THIRD_REGION_HOP_DETECTED",
        location=location,
    )


def _is_newer(bus: str) -> bool:
    return ":event-busv2/" in bus


def _is_not_changed(rule: Rule, target: Target) -> Step:
    """Return whether AWS takes a target that is a bus and changes the event.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    """
    says = f"target {target.id} moves the event as it is"
    location = target.at(next(iter(target.input)))
    answer: Answer = same(account_of(target.arn), rule.bus_account)
    if answer is False:
        reason = f"{' and '.join(target.input)} can't be used where the target is a bus of another account"
        return Step(says=says, answer=False, reason=reason, at_deployment=True, location=location)
    reason = f"that {' and '.join(target.input)} can't be used for a bus of the same account is not documented"
    return Step.unknown(says, reason, location=location)


def _without_role(rule: Rule, target: Target) -> Step:
    """Return whether a bus may be a target without a role: of another account or Region it may not.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
    """
    says = f"target {target.id} has the role that it takes"
    if Delivery(rule=rule, target=target).stays_beside is False:
        reason = "a bus of another account or Region takes a role, and the target has none"
        return Step(says=says, answer=False, reason=reason, at_deployment=True, location=target.location)
    reason = "what lets a rule without a role put events on a bus of its own account is not documented"
    return Step.unknown(says, reason, location=target.location)
