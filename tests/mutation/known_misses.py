"""The faults that no check of a right family finds, and why: exactly these, so that one that is mended is noticed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.mutation.score import Result


@dataclass(frozen=True, kw_only=True)
class KnownMiss:
    """Faults that are not found.

    Args:
        kind: The kind of fault.

        places: Which of its places, as a regular expression that is searched for. Default: all.

        reason: Why.
    """

    kind: str
    reason: str
    places: str = ""

    def covers(self, result: Result) -> bool:
        """Return whether this is one of them."""
        return result.kind.name == self.kind and re.search(self.places, result.place) is not None


KNOWN_MISSES: tuple[KnownMiss, ...] = (
    KnownMiss(
        kind="bus policy: no condition on events:detail-type",
        reason="AWS's own samples hold a consumer to sources alone, and the source is the service's that owns the bus",
    ),
    KnownMiss(
        kind="bus policy: no condition on events:source",
        places="^cross_region: Audit",
        reason="the statement of a route is for one role, of one rule; whether what a rule delivers has the key is not "
        "documented, so no check asks for it",
    ),
    KnownMiss(
        kind="event pattern: a field of the detail that no contract has",
        places="^(organisation|standby|pieces|deliveries)",
        reason="the contracts of these worlds name no field of the detail at all, so that none is wrong",
    ),
    KnownMiss(
        kind="move: a second hop",
        places="^(routes: Replica|cross_region: Billing)",
        reason="one move is within a Region and one between two, which is said to be undecided: others saw that pass",
    ),
    KnownMiss(
        kind="newer bus: its policy is gone",
        reason="the bus may be shared by AWS RAM, which writes its policy itself",
    ),
    KnownMiss(
        kind="event pattern: an event that nobody declares, in a rule of nobody's",
        places="^aws_events: Media",
        reason="on a default bus arrives what no contract names",
    ),
    KnownMiss(
        kind="flow: a rule that takes a declared event and says for nobody",
        places="^aws_events: (Media|Audit/|.*S3ObjectCreated)",
        reason="no bus declares what AWS publishes, and FLW002 asks buses only",
    ),
    KnownMiss(
        kind="role: another resource is allowed",
        places=r"StreamRole \(Policies\.0\.PolicyDocument\.Statement\.1\.Resource\)",
        reason="AWS makes up the id of the stream's key, so nobody can say whether a role is allowed just that key",
    ),
    KnownMiss(
        kind="key: EventBridge may use it for any bus of any account",
        places="SubscriptionsKey",
        reason="for the key of a queue AWS's own statement has no condition, so ENC008 asks of keys of buses only",
    ),
)


def unlisted(results: Iterable[Result]) -> list[str]:
    """Return the misses that are not listed."""
    missed = (result for result in results if not result.rightly_found_by)
    return [
        f"{result.kind.name}: {result.place}, found by {sorted(result.found_by) or 'nothing'}"
        for result in missed
        if not any(each.covers(result) for each in KNOWN_MISSES)
    ]


def mended(results: Iterable[Result]) -> Iterator[str]:
    """Return what is listed and found, or is nowhere."""
    judged = list(results)
    for each in KNOWN_MISSES:
        covered = [result for result in judged if each.covers(result)]
        found = [result.place for result in covered if result.rightly_found_by]
        if found or not covered:
            yield f"{each.kind} ({each.places}): {found or 'no such place'}"
