"""One core for all that judges: the pack, the command line and the helpers for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby

from cdk_eventbridge_patterns.checks.acknowledgements.acknowledgement_without_effect import AcknowledgementWithoutEffect
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.naming.judge import judge as judge_names
from cdk_eventbridge_patterns.checks.registry import topology_checks
from cdk_eventbridge_patterns.checks.settings import Settings
from cdk_eventbridge_patterns.checks.tags.missing_tag import judge_tags
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.topology import Topology

UNREADABLE = "UNDECIDED"
"""What stands for a check where something could not be judged at all."""


def judge(topology: Topology, settings: Settings | None = None, *, today: date | None = None) -> list[Finding]:
    """Return what all checks find, acknowledged findings too, in the order of place and check.

    Args:
        topology: What is judged.

        settings: What is asked. Default: every check of a topology, at its own level; no names and no tags.

        today: The day on which acknowledgements must hold. Default: today.
    """
    asked = settings or Settings()
    leveled = []
    for finding in _found(topology, asked):
        level = asked.level_of(finding)
        if level is not None:
            leveled.append(replace(finding, severity=level))
    acknowledgements = _Acknowledgements(topology, asked)
    day = today or date.today()  # noqa: DTZ011 - the reader's own day
    findings = [acknowledgements.applied_to(finding, day) for finding in dict.fromkeys(leveled)]
    return sorted([*findings, *acknowledgements.without_effect()], key=_order)


def _found(topology: Topology, settings: Settings) -> Iterator[Finding]:
    for check in (*topology_checks(), *settings.checks):
        yield from _asked(partial(check.findings, topology), check.id)
    for unread in topology.unread:
        yield _unreadable(unread.location, f"not judged: {unread.reason.reason}", Severity.INFO)
    if settings.convention is not None:
        for stack, names in groupby(topology.names, lambda name: name.location.stack):
            yield from _asked(partial(_names_judged, stack, list(names), settings), "NAM001", stack)
    if settings.tags is not None:
        yield from judge_tags(topology.tagged, settings.tags)


def _names_judged(stack: str, names: Sequence[NamedResource], settings: Settings) -> list[Finding]:
    convention = settings.convention_at(stack)
    return [] if convention is None else judge_names(names, convention, levels=settings.name_levels)


def _asked(question: Callable[[], Iterable[Finding]], check_id: str, stack: str = "") -> Sequence[Finding]:
    """Return what a check finds; one that fails says so, and the others are still asked."""
    try:
        return list(question())
    except Exception as error:  # noqa: BLE001 - a check or a convention may be anyone's code
        message = f"{check_id} could not be decided: {type(error).__name__}: {error}"
        return [_unreadable(Location(stack=stack, logical_id=""), message, Severity.ERROR)]


def _unreadable(location: Location, message: str, severity: Severity) -> Finding:
    return Finding(
        check_id=UNREADABLE,
        severity=severity,
        message=message,
        fix="put right what it says; nothing there has been checked",
        location=location,
        undecided=severity is Severity.INFO,
    )


def _order(finding: Finding) -> tuple[str, str, str, str, str]:
    location = finding.location
    path = location.property_path or ""
    return location.template_file or "", location.logical_id, finding.check_id, path, finding.message


class _Acknowledgements:
    """All acknowledgements, and which of them had an effect."""

    def __init__(self, topology: Topology, settings: Settings) -> None:
        self._given: list[tuple[Acknowledgement, Location, Callable[[Location], bool]]] = [
            *((each.acknowledgement, each.location, partial(_is_at, each.location)) for each in topology.acknowledged),
            *(
                (each.acknowledgement, Location(stack="configuration", logical_id=each.where), each.covers)
                for each in settings.acknowledgements
            ),
        ]
        self._used: set[int] = set()

    def applied_to(self, finding: Finding, today: date) -> Finding:
        """Return *finding* with the acknowledgement that holds for it; of one that is over, it says so."""
        for index, (acknowledgement, _, covers) in enumerate(self._given):
            if acknowledgement.check_id != finding.check_id or not covers(finding.location):
                continue
            self._used.add(index)
            if acknowledgement.holds_on(today):
                return replace(finding, acknowledged=acknowledgement)
            by = f" by {acknowledgement.owner}" if acknowledgement.owner else ""
            over = f"acknowledged until {acknowledgement.expires}{by}, which is over"
            return replace(finding, message=f"{finding.message}; {over}")
        return finding

    def without_effect(self) -> Iterator[Finding]:
        """Return those that hold for nothing."""
        for index, (acknowledgement, location, _) in enumerate(self._given):
            if index not in self._used:
                yield AcknowledgementWithoutEffect().finding(location, acknowledgement)


def _is_at(place: Location, location: Location) -> bool:
    """Return whether *location* is of the resource at *place*, or, where that is a stack, in it."""
    if (place.stack, place.template_file) != (location.stack, location.template_file):
        return False
    return place.logical_id in ("", location.logical_id)
