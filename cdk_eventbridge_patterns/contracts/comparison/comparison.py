"""The comparison itself: schemas, their alternatives, and the rules for one alternative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.contracts.change import Change, ChangeKind
from cdk_eventbridge_patterns.contracts.comparison.constraints import constraints
from cdk_eventbridge_patterns.contracts.comparison.document import SchemaDocument
from cdk_eventbridge_patterns.contracts.comparison.fields import elements, fields, once
from cdk_eventbridge_patterns.contracts.comparison.fits import fits
from cdk_eventbridge_patterns.contracts.comparison.keywords import (
    DESCRIPTIVE,
    OPAQUE,
    SENSITIVE,
    UNEVALUATED,
    Plain,
)
from cdk_eventbridge_patterns.contracts.comparison.merged import TooHardError
from cdk_eventbridge_patterns.contracts.comparison.sameness import Sameness
from cdk_eventbridge_patterns.contracts.comparison.values import key, listed
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of

# Schemas of real events take some hundred; unions of unions that refer to each other would take for ever.
_MOST_STEPS = 20_000


class Comparison:
    """Two documents, the old and the new.

    If none of the changes it returns is breaking or undecided, all that the new schema allows the old one allows, too.
    Each rule keeps that promise for its keywords, under the same promise for what lies below.
    """

    def __init__(self, old: Any, new: Any) -> None:  # noqa: ANN401 - JSON
        self._old = SchemaDocument(old)
        self._new = SchemaDocument(new)
        self._identical = Sameness(self._old, self._new, descriptions=True)
        self._same = Sameness(self._old, self._new, descriptions=False)
        self._open: set[tuple[str, str]] = set()
        self._steps = 0

    def schemas(self, old: Any, new: Any, path: str) -> list[Change]:  # noqa: ANN401 - JSON
        """Return the changes from *old* to *new*, parts of the two documents."""
        old, new = self._old.target(old), self._new.target(new)
        pair = (key(old), key(new))
        # A schema that refers to itself from a field is compared there as it is here: the field is smaller.
        if pair in self._open or self._identical.of(old, new):
            return []
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return [_undecided(path, "the schemas are too large to compare")]
        self._open.add(pair)
        try:
            return once(self._schemas(old, new, path))
        finally:
            self._open.remove(pair)

    def _schemas(self, old: Any, new: Any, path: str) -> Iterator[Change]:  # noqa: ANN401 - JSON
        same = self._same.of(old, new)
        try:
            olds = self._old.alternatives(old, exact=True)
            news = self._new.alternatives(new, exact=False)
        except TooHardError as reason:
            if not same:
                yield _undecided(path, str(reason))
            return
        if not same and any(plain.keys() & UNEVALUATED for plain in olds):
            yield _undecided(path, "unevaluated fields or items depend on all that stands around them")
        if len(olds) == 1 and len(news) == 1:
            yield from self._plain(olds[0], news[0], path)
        else:
            yield from self._unions(olds, news, path)

    def _unions(self, olds: list[Plain], news: list[Plain], path: str) -> Iterator[Change]:
        partners: list[Plain] = []
        unmatched: list[Plain] = []
        for new in news:
            partner, found = self._partner(olds, new, path)
            if partner is None:
                unmatched.append(new)
            else:
                partners.append(partner)
                yield from found
        left = [plain for plain in olds if not any(plain is each for each in partners)]
        yield from _union_changes(olds, news, left=left, unmatched=unmatched, path=path)

    def _partner(self, olds: list[Plain], new: Plain, path: str) -> tuple[Plain | None, list[Change]]:
        """Return the old alternative that *new* stems from, and the changes between them."""
        candidates = [(old, once(self._plain(old, new, path))) for old in olds if _type_allows(old, new)]
        if not candidates:
            return None, []
        partner, found = min(candidates, key=lambda candidate: _distance(candidate, new))
        is_variant = _variant(partner) != _variant(new) and (len(candidates) > 1 or _are_tagged(partner, new))
        if is_variant and any_of(change.breaking for change in found) is True:
            return None, []
        return partner, found

    def _plain(self, old: Plain, new: Plain, path: str) -> Iterator[Change]:
        yield from _said_of(old, new, path)
        if not _type_allows(old, new):
            yield _type_changed([old], [new], path, breaking=True)
            return
        if old.get("type") != new.get("type") and not {"enum"} & {*old, *new}:
            yield _type_changed([old], [new], path, breaking=False)
        values = listed(new)
        if values is not None:
            yield from _values(old, new, values, path)
            return
        if listed(old) is not None:
            told = f"one of {_shown(listed(old) or [])}"
            yield Change(path=path, kind=ChangeKind.CONSTRAINT_LOOSENED, breaking=True, was=told)
        yield from constraints(old, new, path)
        if new.get("type") in (None, "object"):
            yield from fields(old, new, path, self.schemas)
        if new.get("type") in (None, "array"):
            yield from elements(old, new, path, self.schemas)
        yield from self._opaque(old, new, path)

    def _opaque(self, old: Plain, new: Plain, path: str) -> Iterator[Change]:
        for group in OPAQUE:
            was = {keyword: old[keyword] for keyword in group if keyword in old}
            now = {keyword: new[keyword] for keyword in group if keyword in new}
            if self._same.of(was, now):
                continue
            if not was:
                told = group[0]
                yield Change(path=path, kind=ChangeKind.CONSTRAINT_TIGHTENED, breaking=False, now=told)
            else:
                yield _undecided(path, f"{group[0]} is compared only for being the same")


def _values(old: Plain, new: Plain, values: list[Any], path: str) -> Iterator[Change]:
    """Compare with a schema that lists its values: each is judged by itself."""
    added = [(value, fits(value, old)) for value in values if fits(value, new) is not False]
    for value, allowed in added:
        if allowed is not True:
            breaking: Answer = allowed if isinstance(allowed, Undecided) else True
            yield Change(path=path, kind=ChangeKind.VALUE_ADDED, breaking=breaking, now=key(value))
    were = listed(old)
    for value in were or ():
        if fits(value, new) is False:
            yield Change(path=path, kind=ChangeKind.VALUE_REMOVED, breaking=False, was=key(value))
    if were is None and all(allowed is True for _, allowed in added):
        told = f"one of {_shown(values)}"
        yield Change(path=path, kind=ChangeKind.CONSTRAINT_TIGHTENED, breaking=False, now=told)


def _said_of(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    was, now = old.get(SENSITIVE) is True, new.get(SENSITIVE) is True
    if was != now:
        # What is marked is published as a ciphertext: a reader must decrypt it, or must cease to.
        told = ["sensitive" if each else "plain" for each in (was, now)]
        yield Change(path=path, kind=ChangeKind.SENSITIVITY_CHANGED, breaking=True, was=told[0], now=told[1])
    if any(key(old.get(keyword)) != key(new.get(keyword)) for keyword in DESCRIPTIVE):
        yield Change(path=path, kind=ChangeKind.DESCRIPTION_CHANGED, breaking=False)


def _union_changes(
    olds: list[Plain], news: list[Plain], *, left: list[Plain], unmatched: list[Plain], path: str
) -> Iterator[Change]:
    variants = [plain for plain in unmatched if any(_type_allows(old, plain) for old in olds)]
    if len(variants) < len(unmatched):
        yield _type_changed(olds, news, path, breaking=True)
    for plain in variants:
        yield Change(path=path, kind=ChangeKind.ALTERNATIVE_ADDED, breaking=True, now=_named(plain))
    types = {plain.get("type") for plain in news}
    gone = [plain for plain in left if plain.get("type") in types]
    if len(gone) < len(left) and len(variants) == len(unmatched):
        yield _type_changed(olds, news, path, breaking=False)
    for plain in gone:
        yield Change(path=path, kind=ChangeKind.ALTERNATIVE_REMOVED, breaking=False, was=_named(plain))


def _type_allows(old: Plain, new: Plain) -> bool:
    was, now = old.get("type"), new.get("type")
    if was is None or was == now or (was == "number" and now == "integer"):
        return True
    # Listed values tell their types themselves.
    return now is None and "enum" in new


def _distance(candidate: tuple[Plain, list[Change]], new: Plain) -> tuple[int, bool, int]:
    old, found = candidate
    breaking = any_of(change.breaking for change in found)
    rank = 1 if isinstance(breaking, Undecided) else 2 * breaking
    return rank, _variant(old) != _variant(new), len(found)


def _variant(plain: Plain) -> str:
    """Return what tells an alternative from others of its type: fields with one value, else its title."""
    return key(_tags(plain) or plain.get("title"))


def _are_tagged(old: Plain, new: Plain) -> bool:
    return bool(_tags(old) and _tags(new))


def _tags(plain: Plain) -> dict[str, Any]:
    return {
        name: schema["const"] if "const" in schema else schema["enum"]
        for name, schema in plain.get("properties", {}).items()
        if isinstance(schema, dict) and ("const" in schema or len(schema.get("enum", ())) == 1)
    }


def _type_changed(olds: list[Plain], news: list[Plain], path: str, *, breaking: bool) -> Change:
    return Change(path=path, kind=ChangeKind.TYPE_CHANGED, breaking=breaking, was=_types(olds), now=_types(news))


def _types(plains: list[Plain]) -> str:
    types = {str(plain.get("type", "any")) for plain in plains if "type" in plain or "enum" not in plain}
    types |= {f"one of {_shown(plain['enum'])}" for plain in plains if "type" not in plain and "enum" in plain}
    return " or ".join(sorted(types)) or "nothing"


def _named(plain: Plain) -> str:
    return str(plain.get("title", plain.get("type", "any value")))


def _shown(values: list[Any]) -> str:
    return ", ".join(map(key, values))


def _undecided(path: str, reason: str) -> Change:
    return Change(path=path, kind=ChangeKind.CONSTRAINT_CHANGED, breaking=Undecided(reason))
