"""What differs between the properties of a resource as it is and as it will be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_

# Documents that may be written as text or as an object, which is the same to AWS.
_DOCUMENTS = frozenset(("Content", "EventPattern", "PolicyDocument"))


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the properties that differ, or may; those of targets by id: `Targets.billing.Arn`."""
    return {path: answer for path, answer in _changes(old, new) if answer is not False}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for key in sorted({*old, *new}):
        before, after = (_parsed(key, each.get(key)) for each in (old, new))
        if key == "Targets" and isinstance(before, list) and isinstance(after, list):
            yield from _of_targets(_by_id(before), _by_id(after))
        else:
            yield key, differs(before, after)


def _of_targets(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for id in sorted({*old, *new}):
        if id not in old or id not in new:
            yield f"Targets.{id}", True
            continue
        for key in sorted({*old[id], *new[id]}):
            yield f"Targets.{id}.{key}", differs(old[id].get(key), new[id].get(key))


def differs(old: object, new: object) -> Answer:
    """Return whether two values are not the same once deployed."""
    if isinstance(old, str) and isinstance(new, str):
        return not_(same(old, new))
    for value in (old, new):
        if isinstance(value, Undecided):
            return False if old == new else value
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return any_of(differs(old.get(key), new.get(key)) for key in {*old, *new})
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return any_of(differs(*pair) for pair in zip(old, new, strict=True))
    return old != new


def _by_id(targets: list[Any]) -> dict[str, Mapping[str, Any]]:
    return {str(target.get("Id")): target for target in targets if isinstance(target, Mapping)}


def _parsed(key: str, value: Any) -> Any:  # noqa: ANN401 - whatever a template holds
    if value == "":
        return None  # as the CDK writes what is not given
    if key not in _DOCUMENTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
