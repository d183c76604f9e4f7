"""Which check finds which fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.checks.judge import UNREADABLE, judge
from cdk_eventbridge_patterns.checks.registry import all_checks, family_of
from tests.mutation.kind import Kind
from tests.mutation.kinds.every import KINDS
from tests.mutation.world import Mutant, World


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the checks said of one fault.

    Args:
        kind: The fault.

        place: Where it was put.

        found_by: The ids of the checks that found something there; what one of them can't decide is not found.
    """

    kind: Kind
    place: str
    found_by: frozenset[str]

    @property
    def rightly_found_by(self) -> frozenset[str]:
        """The checks of a right family that found it."""
        return frozenset(each for each in self.found_by if _families()[each] in self.kind.right)


def score(worlds: Iterable[World]) -> Iterator[Result]:
    """Return what the checks say of every fault in every place, and did not say before."""
    for world in worlds:
        untouched = frozenset(findings_in(world))
        for kind in KINDS:
            for mutant in kind.mutate(world):
                _check_differs(mutant)
                found = _findings_in(mutant) - untouched
                found_by = frozenset(finding.check_id for finding in found if not finding.undecided)
                yield Result(kind=kind, place=f"{world.name}: {mutant.place}", found_by=found_by)


def findings_in(world: World) -> list[Finding]:
    """Return all that the checks say of a world, what they can't decide too."""
    return judge(world.topology)


def _check_differs(mutant: Mutant) -> None:
    """Refuse a fault that changes nothing: that nothing finds it would say nothing."""
    if [each.body for each in mutant.templates] == [each.body for each in mutant.world.templates]:
        message = f"{mutant.place} is what it was before"
        raise AssertionError(message)


def _findings_in(mutant: Mutant) -> frozenset[Finding]:
    findings = judge(mutant.world.read(mutant.templates))
    failed = [finding.message for finding in findings if finding.check_id == UNREADABLE]
    if failed:
        message = f"{mutant.place} could not be judged: {failed[0]}"
        raise AssertionError(message)
    return frozenset(findings)


@cache
def _families() -> dict[str, str]:
    return {check.id: family_of(check) for check in all_checks()}
