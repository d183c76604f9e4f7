"""Rules that were added, removed or changed, and which other accounts lose events by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from cdk_eventbridge_patterns.differences.difference import Difference, Kind, Use
from cdk_eventbridge_patterns.differences.lost_deliveries import lost_deliveries
from cdk_eventbridge_patterns.differences.rule_matches import Matches, matches_change
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_


class _Told(NamedTuple):
    """One thing that is different about a rule, whom it breaks, and whether it breaks anybody besides."""

    what: str
    uses: tuple[Use, ...] = ()
    besides: Answer = False


def rule_differences(base: Topology, head: Topology) -> Iterator[Difference]:
    """Return what differs in the rules of two states; rules go by their ARNs."""
    before, after = _by_arn(base.rules), _by_arn(head.rules)
    for arn in dict.fromkeys((*before, *after)):
        for old, new in zip_longest(before.get(arn, ()), after.get(arn, ())):
            yield from _of_rule(old, new, head)


def _by_arn(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.arn].append(rule)
    return found


def _of_rule(old: Rule | None, new: Rule | None, head: Topology) -> Iterator[Difference]:
    if old is None and new is not None:
        yield _difference(Kind.RULE_ADDED, new, _Told("it is new"))
    elif old is not None and new is None:
        yield _difference(Kind.RULE_REMOVED, old, _Told("it is gone", tuple(lost_deliveries(old, head))))
    elif old is not None and new is not None:
        yield from (_difference(Kind.RULE_CHANGED, new, told) for told in _changes(old, new, head))


def _difference(kind: Kind, rule: Rule, told: _Told) -> Difference:
    breaking = any_of([*(use.breaking for use in told.uses), told.besides])
    return Difference(
        kind=kind,
        name=rule.name,
        breaking=breaking,
        told=told.what if kind is Kind.RULE_CHANGED else None,
        where=((rule.account, rule.region),),
        uses=told.uses,
        location=rule.location,
    )


def _changes(old: Rule, new: Rule, head: Topology) -> Iterator[_Told]:
    if old.bus_arn != new.bus_arn:
        yield _Told(f"moved from bus {old.bus_arn} to {new.bus_arn}", tuple(lost_deliveries(old, head)))
    if old.event_pattern != new.event_pattern:
        yield _of_pattern(old, new, head)
    if old.schedule != new.schedule:
        yield _Told(
            f"schedule changed from {old.schedule or 'none'} to {new.schedule or 'none'}",
            tuple(lost_deliveries(old, head)),
        )
    if old.enabled != new.enabled:
        yield _of_state(old, new, head)
    if old.conditional != new.conditional:
        told = "it is made" if new.conditional is None else f"whether it is made is undecided: {new.conditional.reason}"
        yield _Told(told, tuple(lost_deliveries(old, head)))
    yield from _of_targets(old, new, head)


def _of_pattern(old: Rule, new: Rule, head: Topology) -> _Told:
    found = matches_change(old, new)
    if isinstance(found, Undecided):
        told = f"event pattern changed; whether it matches as much is undecided: {found.reason}"
        return _Told(told, tuple(lost_deliveries(old, head)))
    lost = lost_deliveries(old, head) if found in (Matches.NARROWER, Matches.OTHER) else []
    return _Told(found.value, tuple(lost))


def _of_state(old: Rule, new: Rule, head: Topology) -> _Told:
    if isinstance(new.enabled, Undecided):
        return _Told(f"whether it is on is undecided: {new.enabled.reason}", tuple(lost_deliveries(old, head)))
    if new.enabled:
        return _Told("switched on")
    return _Told("switched off", tuple(lost_deliveries(old, head)))


def _of_targets(old: Rule, new: Rule, head: Topology) -> Iterator[_Told]:
    if old.targets == new.targets:
        return
    for targets in (old.targets, new.targets):
        if isinstance(targets, Undecided):
            yield _Told(f"targets changed; which there are is undecided: {targets.reason}", besides=targets)
            return
    before, after = ({target.id: target for target in rule.known_targets} for rule in (old, new))
    for id in dict.fromkeys((*before, *after)):
        yield from _of_target(old, before.get(id), after.get(id), head)


def _of_target(rule: Rule, old: Target | None, new: Target | None, head: Topology) -> Iterator[_Told]:
    if old is None and new is not None:
        yield _Told(f"target {new.id!r} added: {new.arn}")
    elif old is not None and new is None:
        yield _Told(f"target {old.id!r} removed: {old.arn}", tuple(lost_deliveries(rule, head, of=[old])))
    elif old is not None and new is not None:
        if old.arn != new.arn:
            told = f"target {old.id!r} changed from {old.arn} to {new.arn}"
            yield _Told(told, tuple(lost_deliveries(rule, head, of=[old])))
        elif old.input != new.input:
            yield _of_input(rule, new)
        if (how := _how(old, new)) is not None:
            yield _Told(f"target {old.id!r}: {how} changed")


def _of_input(rule: Rule, target: Target) -> _Told:
    """What a target in another account gets has another form, for which nobody asked there."""
    told = f"target {target.id!r}: what it gets has another form"
    foreign: Answer = not_(same(account_of(target.arn), rule.account))
    if foreign is False:
        return _Told(told)
    reason = f"{target.arn} gets another form of what rule {rule.name!r} brings it"
    return _Told(told, (Use(account=account_of(target.arn), reason=reason, breaking=foreign, target=target.arn),))


def _how(old: Target, new: Target) -> str | None:
    """Return what differs in how a target is reached."""
    parts = {
        "role": old.role_arn != new.role_arn,
        "dead-letter queue": old.dead_letter_arn != new.dead_letter_arn,
        "retry policy": (old.max_attempts, old.max_age) != (new.max_attempts, new.max_age),
        "parameters": old.parameters != new.parameters,
    }
    changed = [part for part, differs in parts.items() if differs]
    return ", ".join(changed) if changed else None
