"""A tree over the alternatives of many rules that leads an event to the few that may match it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from cdk_eventbridge_patterns.matching.addresses import address_of
from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.flatten import FlatEvent
from cdk_eventbridge_patterns.matching.matchers import Equals, EqualsAddress, Leaf, Matcher

# So few are asked faster than told apart.
_FEW = 4


class Entry(NamedTuple):
    """One alternative of the rule with that number."""

    rule: int
    alternative: Alternative
    conditions: tuple[int, ...]


class Index:
    """A place in the tree: it tells entries apart by the values they accept on one path, or holds them."""

    def __init__(self) -> None:
        self.entries: Sequence[Entry] = ()
        self.path = ""
        self.by_value: dict[Hashable, Index] = {}
        self.others: Index | None = None

    def candidates(self, event: FlatEvent) -> list[Entry]:
        """Return the entries that may match *event*: all that do, and few that don't."""
        found: list[Entry] = []
        waiting = [self]
        while waiting:
            here = waiting.pop()
            found.extend(here.entries)
            if here.others is not None:
                waiting.append(here.others)
            if here.by_value and here.path in event:
                keys = {key for value, _ in event[here.path] for key in _keys_of_leaf(value)}
                waiting.extend([here.by_value[key] for key in keys if key in here.by_value])
        return found


def index_of(entries: Sequence[Entry], told_apart: frozenset[str] = frozenset()) -> Index:
    """Return the tree over *entries*, which are told apart already by some paths."""
    index = Index()
    path = _most_selective(entries, told_apart) if len(entries) > _FEW else None
    if path is None:
        index.entries = tuple(entries)
        return index
    by_value: dict[Hashable, list[Entry]] = {}
    others: list[Entry] = []
    for entry in entries:
        keys = _keys(entry.alternative.get(path, ()))
        for key in keys:
            by_value.setdefault(key, []).append(entry)
        if not keys:
            others.append(entry)
    index.path = path
    index.by_value = {key: index_of(those, told_apart | {path}) for key, those in by_value.items()}
    index.others = index_of(others, told_apart | {path}) if others else None
    return index


def _most_selective(entries: Sequence[Entry], told_apart: frozenset[str]) -> str | None:
    """Return the path that leaves the fewest entries to ask, or nothing if none leaves fewer."""
    counts: dict[str, Counter[Hashable]] = {}
    covered: Counter[str] = Counter()
    for entry in entries:
        for path, matchers in entry.alternative.items():
            keys = () if path in told_apart else _keys(matchers)
            if keys:
                covered[path] += 1
                counts.setdefault(path, Counter()).update(keys)
    left = {path: _left(counts[path], len(entries) - covered[path]) for path in counts}
    best = min(left, key=lambda path: (left[path], path), default=None)
    return best if best is not None and left[best] < len(entries) else None


def _left(counts: Counter[Hashable], others: int) -> float:
    """Return how many entries an event leaves on average if it has each value as often as the entries do."""
    return others + sum(count * count for count in counts.values()) / counts.total()


def _keys(matchers: tuple[Matcher, ...]) -> tuple[Hashable, ...]:
    """Return the values that *matchers* accept, or nothing if they accept more than single values."""
    keys: set[Hashable] = set()
    for matcher in matchers:
        if isinstance(matcher, Equals):
            keys.add(matcher.value)
        elif isinstance(matcher, EqualsAddress):
            keys.add(address_of(matcher.text))
        else:
            return ()
    return tuple(keys)


def _keys_of_leaf(value: Leaf) -> tuple[Hashable, ...]:
    address = address_of(value) if isinstance(value, str) else None
    return (value,) if address is None else (value, address)
