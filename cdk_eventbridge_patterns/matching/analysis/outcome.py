"""What a search for a value comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

MOST = 8
"""So many candidates are carried on."""

_NOTHING = object()


@dataclass(frozen=True)
class Outcome:
    """Candidates; or the proof that there can be none; or neither.

    Args:
        candidates: Values that seem to do; whoever uses one confirms it. Default: none were found.

        dead: Why none can do, with the path. Default: that is not proved.

        unknown: Why nothing was found and nothing proved. Default: there are candidates, or a proof.
    """

    candidates: Sequence[Any] = ()
    dead: tuple[str, str] | None = None
    unknown: str | None = None

    @classmethod
    def impossible(cls, path: str, reason: str) -> Outcome:
        """Return the proof that no value does."""
        return cls(dead=(path, reason))

    @classmethod
    def any_of(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """Return what several ways come to: the candidates of all; impossible only if each is."""
        ways = list(outcomes)
        rows = zip_longest(*(way.candidates for way in ways), fillvalue=_NOTHING)
        candidates = [value for row in rows for value in row if value is not _NOTHING][:MOST]
        if candidates:
            return cls(candidates)
        unknown = next((way.unknown for way in ways if way.dead is None), None)
        if unknown is not None:
            return cls(unknown=unknown)
        # What fails deepest in the event fails for the most telling reason.
        return cls(dead=max((way.dead for way in ways if way.dead), key=lambda dead: dead[0].count("."), default=None))
