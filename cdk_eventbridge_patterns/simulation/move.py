"""A rule's target that is a bus: may the event move there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.simulation.admission import bus_is_there
from cdk_eventbridge_patterns.simulation.by_role import by_role
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of, not_


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
        if len(buses) > 1:
            yield _first_move(buses, target)
    yield bus_is_there(topology, target.arn)
    if target.role_arn is not None:
        yield from by_role(topology, rule, target, target.role_arn)
    else:
        yield _without_role(rule, target)


def _first_move(buses: Sequence[str], target: Target) -> Step:
    """Return whether an event that was moved already may be moved again: to no third bus.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
    """
    says = "an event moves from bus to bus once"
    is_third = not_(any_of(same(bus, target.arn) for bus in buses))
    if isinstance(is_third, Undecided):
        return Step.unknown(says, is_third, location=target.at("Arn"))
    if not is_third:
        reason = "whether an event may move back to a bus it was on is not documented"
        return Step.unknown(says, reason, location=target.at("Arn"))
    return Step(
        says=says,
        answer=False,
        reason=f"it came here from {buses[-2]}, and {target.arn} is a third bus",
        code=_code([*buses, target.arn]),
        location=target.at("Arn"),
    )


def _code(buses: Sequence[str]) -> str | None:
    """Return the error of a move too many: AWS has one for a third account and one for a third Region."""
    if len({account_of(bus) for bus in buses}) > 2:  # noqa: PLR2004 - a third account
        return "THIRD_ACCOUNT_HOP_DETECTED"
    if len({region_of(bus) for bus in buses}) > 2:  # noqa: PLR2004 - a third Region
        return "THIRD_REGION_HOP_DETECTED"
    return None


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
    stays = all_of([same(account_of(target.arn), rule.bus_account), same(region_of(target.arn), rule.bus_region)])
    if stays is False:
        reason = "a bus of another account or Region takes a role, and the target has none"
        return Step(says=says, answer=False, reason=reason, at_deployment=True, location=target.location)
    reason = "what lets a rule without a role put events on a bus of its own account is not documented"
    return Step.unknown(says, reason, location=target.location)
