"""What has changed from one state of an event to the other, as its contract says."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.contracts import Change, ChangeKind, EventSchema, changes, schema_changes
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.paths import is_in
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.undecided import Answer, Undecided

_ADDRESS = ("source", "detail-type")


def contract_changes(old: DeclaredEvent, new: DeclaredEvent) -> tuple[Change, ...]:
    """Return what has changed, in the order of the paths."""
    if old.contract is not None and new.contract is not None:
        found = [change for change in changes(old.contract, new.contract) if change.path not in _ADDRESS]
    else:
        found = list(_schema_changes(old, new))
        found += _marks(old, new, besides=found)
    return tuple(sorted([*found, *_addresses(old, new)], key=lambda change: change.path))


def _schema_changes(old: DeclaredEvent, new: DeclaredEvent) -> Iterator[Change]:
    if isinstance(old.schema, EventSchema) and isinstance(new.schema, EventSchema):
        yield from _registered(old.schema, new.schema)
    elif old.schema != new.schema:
        yield from (_unknown(why) for why in (_why(old, "before"), _why(new, "after")) if why is not None)


def _registered(old: EventSchema, new: EventSchema) -> Iterator[Change]:
    if old.schema == new.schema:
        return
    try:
        found = schema_changes(old.schema, new.schema, "")
    except ContractError as error:
        yield _unknown(Undecided(str(error)))
        return
    yield from (change for change in found if change.path not in _ADDRESS)


def _why(event: DeclaredEvent, when: str) -> Undecided | None:
    if event.schema is None:
        return Undecided(f"no schema is registered {when}")
    return event.schema if isinstance(event.schema, Undecided) else None


def _unknown(reason: Undecided) -> Change:
    return Change(path="detail", kind=ChangeKind.CONSTRAINT_CHANGED, breaking=reason)


def _marks(old: DeclaredEvent, new: DeclaredEvent, *, besides: list[Change]) -> list[Change]:
    """Compare what stamps mark as encrypted, for which a registry has no word, in fields that are there both times."""
    if old.sensitive is None or new.sensitive is None:
        return []
    moved = [each.path for each in besides if each.kind in (ChangeKind.FIELD_ADDED, ChangeKind.FIELD_REMOVED)]
    marks = sorted({*old.sensitive} ^ {*new.sensitive})
    return [_mark(path, old.sensitive) for path in marks if not any(is_in(path, each) for each in moved)]


def _mark(path: str, before: tuple[str, ...]) -> Change:
    was, now = ("sensitive", "plain") if path in before else ("plain", "sensitive")
    return Change(path=path, kind=ChangeKind.SENSITIVITY_CHANGED, breaking=True, was=was, now=now)


def _addresses(old: DeclaredEvent, new: DeclaredEvent) -> Iterator[Change]:
    if old.event_type is None or new.event_type is None:
        if old.event_type != new.event_type:
            breaking: Answer = Undecided("nobody says the source and detail-type of the other state")
            yield Change(path="source", kind=ChangeKind.ADDRESS_CHANGED, breaking=breaking)
        return
    for path, was, now in zip(_ADDRESS, old.event_type, new.event_type, strict=True):
        if was != now:
            yield Change(path=path, kind=ChangeKind.ADDRESS_CHANGED, breaking=True, was=was, now=now)
