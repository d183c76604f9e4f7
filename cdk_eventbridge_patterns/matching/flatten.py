"""An event taken apart into its leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.json_text import Fields, read_object, shown
from cdk_eventbridge_patterns.matching.matchers import Leaf
from cdk_eventbridge_patterns.matching.number import Number, number_of

# In which element of which array a leaf is: (array, index), sorted. Arrays are numbered through the event.
Membership = tuple[tuple[int, int], ...]


class Value(NamedTuple):
    """A leaf, and where in arrays of objects it is."""

    value: Leaf
    membership: Membership


Values = Sequence[Value]
FlatEvent = Mapping[str, Values]


def flatten(event: Mapping[str, Any] | str) -> dict[str, list[Value]]:
    """Return the leaves of *event* by their dotted path.

    Arrays leave no trace in the path. A scalar in an array is no further placed, as any of them may match; what is
    below an object in an array belongs to that element.

    Raises:
        EventPatternError: If the event is not a JSON object.
    """
    read: Any = read_object(event, "event") if isinstance(event, str) else event
    if not isinstance(read, Fields | Mapping):
        msg = f"event must be a JSON object, such as {{'source': 'com.acme.orders'}}, got {shown(read)}"
        raise EventPatternError(msg)
    leaves: dict[str, list[Value]] = {}
    arrays = 0
    waiting: list[tuple[str, Any, Membership]] = [(str(key), value, ()) for key, value in read.items()]
    while waiting:
        path, value, membership = waiting.pop()
        if isinstance(value, str | bool | Number) or value is None:
            leaves.setdefault(path, []).append(Value(value, membership))
        elif isinstance(value, Fields | Mapping):
            waiting.extend([(f"{path}.{key}", below, membership) for key, below in value.items()])
        elif isinstance(value, list | tuple):
            for index, item in enumerate(value):
                places = isinstance(item, Fields | Mapping | list | tuple)
                waiting.append((path, item, (*membership, (arrays, index)) if places else membership))
            arrays += 1
        else:
            leaves.setdefault(path, []).append(Value(_number(value, path), membership))
    return leaves


def _number(value: Any, path: str) -> Number:  # noqa: ANN401 - whatever is no JSON is refused
    number = number_of(value)
    if number is None:
        msg = f"event must be JSON, got {shown(value)} at {path}"
        raise EventPatternError(msg)
    return number
