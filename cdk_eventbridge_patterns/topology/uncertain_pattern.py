"""An event pattern, parts of which may be known at deployment only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.event_patterns import ANYTHING, OR, parsed, unknown_in
from cdk_eventbridge_patterns.undecided import Undecided

if TYPE_CHECKING:
    from typing_extensions import Self

# No event has this text: it is an unknown part that says nothing.
_NEVER = "«»"


@dataclass(frozen=True, kw_only=True)
class UncertainPattern:
    """What an event pattern asks, as far as that is known.

    Args:
        surely: What it matches whatever its unknown parts turn out to be.

        possibly: What it may match.

        unknown: Why the two differ. Default: they don't.
    """

    surely: EventPattern
    possibly: EventPattern
    unknown: Undecided | None = None

    @classmethod
    def read(cls, written: Mapping[str, Any], unknown_fields: Collection[str] = ()) -> Self | None:
        """Return what *written* asks, nothing where EventBridge would refuse it.

        Args:
            written: An event pattern, as a template has it.

            unknown_fields: Fields of the event that nobody knows beforehand: what is asked of them is not decided.
        """
        asked = _fields_of(written) & set(unknown_fields)
        unknown = unknown_in(written)
        if asked and unknown is None:
            unknown = Undecided(f"the {min(asked)} of the event is not known beforehand")
        surely = parsed(_without(written, asked, _NEVER), lambda _: _NEVER)
        known = _read_fields(written) or {"source": [ANYTHING]}
        possibly = surely if unknown is None else parsed(_without(known, asked, ANYTHING), lambda _: ANYTHING)
        if surely is None or possibly is None:
            return None
        return cls(surely=surely, possibly=possibly, unknown=unknown)


def _fields_of(pattern: Mapping[str, Any]) -> set[str]:
    """Return the fields of the envelope that *pattern* asks for."""
    alternatives = pattern[OR] if isinstance(pattern.get(OR), list) else []
    return pattern.keys() | {key for each in alternatives if isinstance(each, Mapping) for key in _fields_of(each)}


def _read_fields(pattern: Mapping[str, Any]) -> dict[str, Any]:
    """Return *pattern* without the fields of which it may ask anything, also that they are not there."""
    kept: dict[str, Any] = {}
    for key, value in pattern.items():
        below = value
        if isinstance(value, Mapping):
            below = _read_fields(value)
        elif key == OR and isinstance(value, list):
            below = [_read_fields(each) if isinstance(each, Mapping) else each for each in value]
        if not _may_ask_anything(below):
            kept[key] = below
    return kept


def _may_ask_anything(value: Any) -> bool:  # noqa: ANN401
    listed = value if isinstance(value, list) else [value]
    return any(isinstance(each, Undecided) or each == {} for each in listed)


def _without(pattern: Mapping[str, Any], fields: Collection[str], replacement: Any) -> Mapping[str, Any]:  # noqa: ANN401 - JSON
    """Return *pattern* with *replacement* for all that it asks of *fields*."""
    if not fields:
        return pattern
    replaced = {key: [replacement] if key in fields else value for key, value in pattern.items()}
    if isinstance(pattern.get(OR), list):
        replaced[OR] = [
            _without(each, fields, replacement) if isinstance(each, Mapping) else each for each in pattern[OR]
        ]
    return replaced
