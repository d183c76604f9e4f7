"""The fields of an object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cdk_eventbridge_patterns.contracts.change import Change, ChangeKind
from cdk_eventbridge_patterns.contracts.comparison.keywords import Plain
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of

Compare = Callable[[Any, Any, str], list[Change]]

OTHERS = "*"
"""What stands in a path for fields that a contract does not name."""


def fields(old: Plain, new: Plain, path: str, compare: Compare) -> Iterator[Change]:
    """Return the changes of the fields of an object."""
    was, now = old.get("properties", {}), new.get("properties", {})
    for name in sorted(was.keys() | now.keys()):
        inside = f"{path}.{name}" if path else name
        if name not in now or (now[name] is False and was.get(name, False) is not False):
            yield Change(path=inside, kind=ChangeKind.FIELD_REMOVED, breaking=True)
        elif name not in was:
            yield from _added(old, name, now[name], inside, compare)
        else:
            yield from compare(was[name], now[name], inside)
    yield from _required(old, new, path)
    yield from _patterns(old, new, path, compare)
    yield from _others(old, new, path, compare)


def _added(old: Plain, name: str, schema: Any, path: str, compare: Compare) -> Iterator[Change]:  # noqa: ANN401 - JSON
    if schema is False:
        yield Change(path=path, kind=ChangeKind.CONSTRAINT_TIGHTENED, breaking=False, now="never there")
        return
    breaking: Answer
    try:
        is_of_pattern = any(re.search(pattern, name) for pattern in old.get("patternProperties", {}))
    except re.error:
        breaking = Undecided("a name in patternProperties is a regular expression that Python does not know")
    else:
        breaking = False if is_of_pattern else _widens(old.get("additionalProperties", True), schema, path, compare)
    yield Change(path=path, kind=ChangeKind.FIELD_ADDED, breaking=breaking)


def _widens(others: Any, schema: Any, path: str, compare: Compare) -> Answer:  # noqa: ANN401 - JSON
    """Whether what was promised of all unnamed fields does not hold for one that has a name now."""
    return any_of(change.breaking for change in compare(others, schema, path))


def _required(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    was, now = set(old.get("required", ())), set(new.get("required", ()))
    gone = old.get("properties", {}).keys() - new.get("properties", {}).keys()
    came = new.get("properties", {}).keys() - old.get("properties", {}).keys()
    for name in sorted(was - now - gone):
        yield Change(path=_joined(path, name), kind=ChangeKind.MADE_OPTIONAL, breaking=True)
    for name in sorted(now - was - came):
        yield Change(path=_joined(path, name), kind=ChangeKind.MADE_REQUIRED, breaking=False)


def _patterns(old: Plain, new: Plain, path: str, compare: Compare) -> Iterator[Change]:
    was, now = old.get("patternProperties", {}), new.get("patternProperties", {})
    inside = _joined(path, OTHERS)
    for pattern in sorted(was.keys() | now.keys()):
        if pattern not in now:
            told = f"patternProperties {pattern}"
            yield Change(path=inside, kind=ChangeKind.CONSTRAINT_LOOSENED, breaking=True, was=told)
        elif pattern in was:
            yield from compare(was[pattern], now[pattern], inside)
        else:
            yield from compare(old.get("additionalProperties", True), now[pattern], inside)


def _others(old: Plain, new: Plain, path: str, compare: Compare) -> Iterator[Change]:
    was, now = old.get("additionalProperties", True), new.get("additionalProperties", True)
    if (was is False) == (now is False):
        yield from compare(was, now, _joined(path, OTHERS))
    elif now is False:
        yield Change(path=path, kind=ChangeKind.CONSTRAINT_TIGHTENED, breaking=False, now="no other fields")
    else:
        yield Change(path=path, kind=ChangeKind.CONSTRAINT_LOOSENED, breaking=True, was="no other fields")


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def elements(old: Plain, new: Plain, path: str, compare: Compare) -> Iterator[Change]:
    """Return the changes of the elements of an array; they leave no trace in the path."""
    was, now = old.get("prefixItems", ()), new.get("prefixItems", ())
    rest = old.get("items", True), new.get("items", True)
    for index in range(max(len(was), len(now))):
        yield from compare(_at(was, index, rest[0]), _at(now, index, rest[1]), path)
    yield from compare(*rest, path)


def _at(schemas: Any, index: int, rest: Any) -> Any:  # noqa: ANN401 - JSON
    return schemas[index] if index < len(schemas) else rest


def once(changes: Iterable[Change]) -> list[Change]:
    """Return *changes* in their order, each once."""
    found: list[Change] = []
    for change in changes:
        if change not in found:
            found.append(change)
    return found
