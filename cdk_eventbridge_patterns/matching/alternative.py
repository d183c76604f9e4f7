"""One alternative of an event pattern: fields that must all be satisfied, by the same elements of arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.matching.condition import Condition, may_be_absent
from cdk_eventbridge_patterns.matching.flatten import FlatEvent, Membership, Values
from cdk_eventbridge_patterns.matching.matchers import Matcher


class Alternative(Mapping[str, tuple[Matcher, ...]]):
    """What each path must satisfy, in the order in which EventBridge visits the paths.

    An event pattern without `$or` has one alternative. The order matters for `exists: false` in arrays of objects:
    there must be no leaf in the elements that the paths before it have chosen.
    """

    def __init__(self, fields: Mapping[str, tuple[Matcher, ...]]) -> None:
        self._fields = {path: fields[path] for path in sorted(fields, key=_utf_16)}
        free = not any(map(may_be_absent, self._fields.values()))
        self.conditions = tuple(Condition(path, matchers, free) for path, matchers in self._fields.items())

    def __getitem__(self, path: str) -> tuple[Matcher, ...]:
        return self._fields[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Alternative({self._fields!r})"

    def matches(self, event: FlatEvent) -> bool:
        """Whether the leaves of *event* satisfy all fields, none from two elements of the same array."""
        in_arrays = False
        for condition in self.conditions:
            answer = condition.answer(event)
            if answer is None:
                in_arrays = True
            elif not answer:
                return False
        return not in_arrays or self.is_consistent(event)

    def is_consistent(self, event: FlatEvent) -> bool:
        """Whether leaves can be chosen so that no two are from different elements of the same array."""
        steps = [(event.get(each.path, ()), each.matchers, each.may_be_absent) for each in self.conditions]
        chosen: set[Membership] = {()}
        for number, (values, matchers, absent) in enumerate(steps):
            later = {array for values_later, _, _ in steps[number + 1 :] for array in _arrays(values_later)}
            satisfying = {leaf.membership for leaf in values if any(m.matches(leaf.value) for m in matchers)}
            following: set[Membership] = set()
            for before in chosen:
                following.update(_chosen(before, satisfying, later))
                if absent and not any(_joined(before, leaf.membership) is not None for leaf in values):
                    following.add(_kept(before, later))
            chosen = following
            if not chosen:
                return False
        return True


def _chosen(before: Membership, memberships: set[Membership], later: set[int]) -> Iterator[Membership]:
    for membership in memberships:
        joined = _joined(before, membership)
        if joined is not None:
            yield _kept(joined, later)


def _joined(one: Membership, other: Membership) -> Membership | None:
    """Return the elements of both, or nothing if they are different elements of the same array."""
    if not other:
        return one
    elements = dict(one)
    for array, index in other:
        if elements.setdefault(array, index) != index:
            return None
    return tuple(sorted(elements.items()))


def _kept(membership: Membership, arrays: set[int]) -> Membership:
    """Return only what still decides something."""
    return tuple(element for element in membership if element[0] in arrays)


def _arrays(values: Values) -> set[int]:
    return {array for _, membership in values for array, _ in membership}


def _utf_16(path: str) -> bytes:
    # Java sorts text by its UTF-16 units.
    return path.encode("utf-16-be", "surrogatepass")
