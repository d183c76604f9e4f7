"""The contracts that the events of an estate would have, as far as its rules tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.adoption.event_types import event_types
from cdk_eventbridge_patterns.adoption.spelling import called, spelled
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import words_of
from cdk_eventbridge_patterns.topology.event_patterns import OR
from cdk_eventbridge_patterns.topology.rule import Rule

_VERSION = re.compile(r"v?([1-9][0-9]*)")
_IN_DETAIL = re.compile(r"\$\.detail\.([A-Za-z0-9_.\-]+)")

_Field = tuple[str, ...]


class Contract:
    """One of them.

    Args:
        event_type: Source and detail-type, as rules name them.

        naming: The convention.

        owner: The service whose bus carries it, which publishes it where its source does not tell.
    """

    def __init__(self, event_type: EventType, naming: NamingConvention, owner: str) -> None:
        self.service = _or_none(naming.parse_source, event_type.source) or owner
        self._event, self._version = _event(event_type.detail_type)
        by_convention = {
            "source": _or_none(naming.source, self.service),
            "detail_type": _or_none(naming.detail_type, self._event, self._version),
        }
        given = {"source": event_type.source, "detail_type": event_type.detail_type}
        self._own = {key: value for key, value in given.items() if value != by_convention[key]}
        self._fields: set[_Field] = set()

    @property
    def variable(self) -> str:
        """What it is called in Python."""
        version = "" if self._version == 1 else f"_V{self._version}"
        return "_".join(words_of(self._event)).upper() + version

    @property
    def declaration(self) -> str:
        """The Python that makes it, with the fields of `detail` that rules read: more is in no template."""
        given: dict[str, object] = {"service": self.service, "event": self._event}
        if self._version != 1:
            given["version"] = self._version
        given |= {"detail": _schema(sorted(self._fields)), **self._own}
        made = called("EventContract", (f"{key}={spelled(value)}" for key, value in given.items()), indent=0)
        return f"{self.variable} = {made}"

    def read_by(self, rule: Rule) -> None:
        """Take note of the fields that *rule* reads."""
        if isinstance(rule.event_pattern, Mapping):
            self._fields |= set(_asked(rule.event_pattern.get("detail")))
        for target in rule.known_targets:
            self._fields |= {tuple(path.split(".")) for path in _IN_DETAIL.findall(str(dict(target.input)))}


class Contracts:
    """The contracts of an estate, each once.

    Args:
        naming: The convention.
    """

    def __init__(self, naming: NamingConvention) -> None:
        self._naming = naming
        self._known: dict[EventType, Contract] = {}

    def of(self, rule: Rule, owner: str) -> list[Contract]:
        """Return those of the events that *rule* names, on a bus of *owner*."""
        found = []
        for event_type in event_types(rule):
            contract = self._known.setdefault(event_type, Contract(event_type, self._naming, owner))
            contract.read_by(rule)
            found.append(contract)
        return found


def _event(detail_type: str) -> tuple[str, int]:
    """Return an event's name in PascalCase, and its version."""
    words = words_of(detail_type) or ["event"]
    version = _VERSION.fullmatch(words[-1]) if words[1:] else None
    name = "".join(word[0].upper() + word[1:] for word in (words if version is None else words[:-1]))
    return (name if name[0].isalpha() else f"Event{name}"), 1 if version is None else int(version[1])


def _or_none(build: Callable[..., str], *arguments: object) -> str | None:
    try:
        return build(*arguments)
    except NamingError:
        return None


def _asked(pattern: object, above: _Field = ()) -> Iterator[_Field]:
    """Return the fields that an event pattern asks about."""
    if not isinstance(pattern, Mapping):
        return
    for key, below in pattern.items():
        if key == OR and isinstance(below, list):
            for alternative in below:
                yield from _asked(alternative, above)
        elif isinstance(below, Mapping):
            yield from _asked(below, (*above, key))
        else:
            yield (*above, key)


def _schema(fields: Sequence[_Field]) -> dict[str, Any]:
    """Return a schema that has *fields*, of any type, and says nothing else."""
    schema: dict[str, Any] = {"type": "object"}
    for field in fields:
        here = schema
        for name in field:
            here["type"] = "object"
            here = here.setdefault("properties", {}).setdefault(name, {})
    return schema
