"""The walk through a contract and an event pattern side by side, for an event that satisfies both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.matching.analysis import keywords
from cdk_eventbridge_patterns.matching.analysis.contract_document import Conjunction, ContractDocument, Schema
from cdk_eventbridge_patterns.matching.analysis.demand import Demand
from cdk_eventbridge_patterns.matching.analysis.leaf import leaf
from cdk_eventbridge_patterns.matching.analysis.outcome import MOST, Outcome
from cdk_eventbridge_patterns.matching.json_text import shown
from cdk_eventbridge_patterns.naming.words import nearest

Demands = Sequence[Demand]

# A schema that needs itself goes on for ever; nobody asks for fields so deep.
_DEEPEST = 24
_MOST_ITEMS = 100
_ABSENT = object()


class Search:
    """The search for a value that fits some schemas and meets some demands.

    What it says is impossible is: where it does not follow a contract to the last word, it takes it for wider. What it
    offers are candidates.

    Args:
        document: The contract.

        declared_only: Whether fields that the contract leaves open without declaring them count as not there.
    """

    def __init__(self, document: ContractDocument, *, declared_only: bool) -> None:
        self._document = document
        self._declared_only = declared_only

    def value(self, schemas: Sequence[Schema], demands: Demands, path: str = "", depth: int = 0) -> Outcome:
        """Return values that fit all of *schemas* and meet all *demands*; *path* is where they stand in the event."""
        if depth > _DEEPEST:
            return Outcome(unknown=f"{path} is nested too deep")
        ways = self._document.ways(schemas)
        if not ways:
            return Outcome.impossible(path, "the contract allows no value here")
        return Outcome.any_of(outcome for way in ways for outcome in self._by_type(way, demands, path, depth))

    def _by_type(self, way: Conjunction, demands: Demands, path: str, depth: int) -> Iterator[Outcome]:
        values = keywords.values_of(way)
        types = keywords.types_of(way) if values is None else []
        if values is not None:
            yield self._among(values, way, demands, path)
        elif not types:
            yield Outcome.impossible(path, "the contract allows no value here")
        for type_ in types:
            if type_ == "object":
                yield self._object(way, demands, path, depth)
            elif type_ == "array":
                yield self._array(way, demands, path, depth)
            else:
                yield self._leaf(way, type_, demands, path)

    def _among(self, values: Sequence[Any], way: Conjunction, demands: Demands, path: str) -> Outcome:
        """Return those that do of the only values there are."""
        allowed = [value for value in values if all(self._document.allows(part, value) is not False for part in way)]
        found = [value for value in allowed if all(each.is_met_by(value) for each in demands)]
        if found:
            return Outcome(found[:MOST])
        nested = [value for value in allowed if isinstance(value, list | dict)]
        if any(all(each.without_absence().is_met_by(value) for each in demands) for value in nested):
            return Outcome(unknown=f"{path} may be absent in one element of an array and not in another")
        asked = [matcher.spelled() for each in demands for matcher in each.leaf or ()]
        return Outcome.impossible(path, f"it is one of {shown(list(values))}, which can't satisfy {shown(asked)}")

    def _leaf(self, way: Conjunction, type_: str, demands: Demands, path: str) -> Outcome:
        if any(each.has_fields for each in demands):
            return Outcome.impossible(path, f"it is of type {type_}, which has no fields")
        asked = [each.leaf for each in demands if each.leaf is not None]
        outcome = leaf(self._document, way, type_, asked)
        return outcome if outcome.dead is None else replace(outcome, dead=(path, outcome.dead[1]))

    def _object(self, way: Conjunction, demands: Demands, path: str, depth: int) -> Outcome:
        if any(each.is_leaf for each in demands):
            return Outcome.impossible(path, "it is an object, of which an event pattern can ask for fields only")
        asked = {name: [each.fields[name] for each in demands if name in each.fields] for name in _names(demands)}
        required = dict.fromkeys(name for part in way for name in keywords.required_of(part))
        columns: dict[str, Sequence[Any]] = {}
        unknown: str | None = None
        for name in {**required, **asked}:
            outcome = self._property(way, name, asked.get(name, ()), path, depth)
            if outcome.candidates:
                columns[name] = outcome.candidates
            elif outcome.dead is not None and not any(keywords.has_dotted_property(part, name) for part in way):
                return outcome
            else:
                unknown = unknown or outcome.unknown or f"{path} declares a property with a dot in its name"
        return Outcome(_rows(columns)) if unknown is None else Outcome(unknown=unknown)

    def _property(self, way: Conjunction, name: str, demands: Demands, above: str, depth: int) -> Outcome:
        path = f"{above}.{name}" if above else name
        is_required = any(name in keywords.required_of(part) for part in way)
        schemas = [schema for part in way for schema in keywords.property_schemas(part, name)]
        if False in schemas or (demands and self._declared_only and self._is_undeclared(way, schemas)):
            found = Outcome.impossible(path, _undeclared(way, name))
        else:
            found = self.value([each for each in schemas if each is not keywords.OPEN], demands, path, depth + 1)
        if not is_required and all(each.is_met_by_nothing for each in demands):
            return Outcome([_ABSENT, *found.candidates])
        return found

    @staticmethod
    def _is_undeclared(way: Conjunction, schemas: Sequence[Schema]) -> bool:
        is_open = all(schema is keywords.OPEN for schema in schemas)
        return is_open and any(keywords.declares_properties(part) for part in way)

    def _array(self, way: Conjunction, demands: Demands, path: str, depth: int) -> Outcome:
        """Return arrays in which some element has each thing that is asked of an array: leaf, and fields together."""
        first = max((len(keywords.first_items(part)) for part in way), default=0)
        longest = min(keywords.most(way, "maxItems", _MOST_ITEMS), _MOST_ITEMS)
        # Elements behind the first ones are alike.
        places = range(min(first + 1, longest))
        chosen: list[tuple[int, Sequence[Any]]] = []
        for piece in (piece for each in demands for piece in each.pieces()):
            tried = [(at, self._item(way, at, [piece], path, depth).candidates) for at in places]
            taken = {at for at, _ in chosen if at < first}
            fitting = [(at, candidates) for at, candidates in tried if candidates and at not in taken]
            if not fitting:
                return self._no_element(way, piece, places, path, depth)
            chosen.append(fitting[-1])
        turns = max((len(candidates) for _, candidates in chosen), default=1)
        arrays = [self._filled(way, first, _turned(chosen, turn), path, depth) for turn in range(turns)]
        found = [array for array in arrays if array is not None and len(array) <= longest]
        return Outcome(found) if found else Outcome(unknown=f"{path} is an array that was not filled")

    def _no_element(self, way: Conjunction, piece: Demand, places: range, path: str, depth: int) -> Outcome:
        """Return why no element does; one whose field is absent may stand beside one that has the rest."""
        relaxed = [self._item(way, at, [piece.without_absence()], path, depth) for at in places]
        if not relaxed:
            return Outcome.impossible(path, "it is an empty array")
        outcome = Outcome.any_of(relaxed)
        return outcome if outcome.dead else Outcome(unknown=f"{path} is an array of which no one element was found")

    def _filled(
        self, way: Conjunction, first: int, chosen: Sequence[tuple[int, Any]], path: str, depth: int
    ) -> list[Any] | None:
        """Return an array of the elements chosen and as many more as there must be."""
        placed = {at: element for at, element in chosen if at < first}
        placed.update(enumerate((element for at, element in chosen if at >= first), start=first))
        length = max(keywords.least(way, "minItems"), max(placed, default=-1) + 1)
        array: list[Any] = []
        for at in range(min(length, _MOST_ITEMS + 1)):
            others = [placed[at]] if at in placed else self._item(way, at, (), path, depth).candidates
            if not others:
                return None
            # Another one than those before, if it can be: elements may have to differ.
            array.append(next((each for each in others if each not in array), others[0]))
        return array

    def _item(self, way: Conjunction, at: int, demands: Demands, path: str, depth: int) -> Outcome:
        return self.value([keywords.item_schema(part, at) for part in way], demands, path, depth + 1)


def _names(demands: Demands) -> list[str]:
    return list(dict.fromkeys(name for each in demands for name in each.fields))


def _turned(chosen: Sequence[tuple[int, Sequence[Any]]], turn: int) -> list[tuple[int, Any]]:
    return [(at, candidates[turn % len(candidates)]) for at, candidates in chosen]


def _rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return objects with the first candidates of all properties, the second ones, and so on."""
    rows = max(map(len, columns.values()), default=1)
    picked = [{name: values[row % len(values)] for name, values in columns.items()} for row in range(rows)]
    return [{name: value for name, value in each.items() if value is not _ABSENT} for each in picked]


def _undeclared(way: Conjunction, name: str) -> str:
    declared = [each for part in way for each in part.get("properties", {})]
    if not declared:
        return "the contract declares no such field"
    return f"the contract declares no such field; the nearest is '{nearest(name, declared)}'"
