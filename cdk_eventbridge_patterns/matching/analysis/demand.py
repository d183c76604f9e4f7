"""What an event pattern asks of one value in an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.condition import may_be_absent
from cdk_eventbridge_patterns.matching.flatten import flatten
from cdk_eventbridge_patterns.matching.matchers import Matcher


@dataclass(frozen=True)
class Demand:
    """What is asked of a value: of itself as a leaf, and of its fields.

    A property whose own name has a dot is not thought of here; whoever follows a contract minds those.

    Args:
        leaf: What the value may be; one of them is enough. Default: nothing is asked.

        fields: What is asked of its fields. Default: nothing.
    """

    leaf: tuple[Matcher, ...] | None = None
    fields: Mapping[str, Demand] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Mapping[str, tuple[Matcher, ...]]) -> Demand:
        """Return what an alternative of an event pattern asks of an event."""
        below: dict[str, dict[str, tuple[Matcher, ...]]] = {}
        for path, matchers in paths.items():
            name, dot, rest = path.partition(".")
            # Nothing behind the dot is a field without a name; no dot is the value itself.
            below.setdefault(name, {})[f".{rest}" if dot else ""] = matchers
        return cls(fields={name: _of_value(inside) for name, inside in below.items()})

    @property
    def is_met_by_nothing(self) -> bool:
        """Whether a value that is not there meets it."""
        leaf = self.leaf is None or may_be_absent(self.leaf)
        return leaf and all(each.is_met_by_nothing for each in self.fields.values())

    @property
    def has_fields(self) -> bool:
        """Whether a value without fields can't meet it."""
        return not Demand(fields=self.fields).is_met_by_nothing

    @property
    def is_leaf(self) -> bool:
        """Whether a value that is no leaf can't meet it."""
        return not Demand(leaf=self.leaf).is_met_by_nothing

    def pieces(self) -> list[Demand]:
        """Return what different elements of an array may meet: the leaf, and the fields together."""
        found = [Demand(leaf=self.leaf)] if self.is_leaf else []
        return [*found, Demand(fields=self.fields)] if self.has_fields else found

    def without_absence(self) -> Demand:
        """Return it without what may be absent: in an array, some other element may have that."""
        leaf = None if self.leaf is None or may_be_absent(self.leaf) else self.leaf
        return Demand(leaf, {name: each.without_absence() for name, each in self.fields.items()})

    def is_met_by(self, value: Any) -> bool:  # noqa: ANN401 - JSON
        """Whether *value* meets it, by itself."""
        paths = dict(self._paths("value"))
        return not paths or Alternative(paths).matches(flatten({"value": value}))

    def _paths(self, path: str) -> Iterator[tuple[str, tuple[Matcher, ...]]]:
        if self.leaf is not None:
            yield path, self.leaf
        for name, each in self.fields.items():
            yield from each._paths(f"{path}.{name}")  # noqa: SLF001 - its own kind


def _of_value(paths: Mapping[str, tuple[Matcher, ...]]) -> Demand:
    inside = Demand.of({path[1:]: matchers for path, matchers in paths.items() if path})
    return Demand(paths.get(""), inside.fields)
