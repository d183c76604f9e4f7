"""What may change within a version of a contract, and what needs a new one.

The rule is the reader's: an event published by the new contract must be one that the old contract promised. So a field
may be added, become required or allow less; it may not vanish, become optional or allow more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.contracts.change import Change, ChangeKind
from cdk_eventbridge_patterns.contracts.comparison.comparison import Comparison
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.undecided import Answer, Undecided


def changes(old: EventContract, new: EventContract) -> tuple[Change, ...]:
    """Return what has changed from one state of a contract to another, in the order of the paths.

    Args:
        old: The contract that consumers rely on.

        new: The contract that is to take its place; its version may be another.

    Raises:
        ContractError: If they are not contracts of the same event.
    """
    if (old.service, old.event) != (new.service, new.event):
        msg = f"new must be a contract of the event {old.service}/{old.event}, got {new.service}/{new.event}"
        raise ContractError(msg)
    return (*_addresses(old, new), *schema_changes(old.schema, new.schema))


def schema_changes(
    old: Mapping[str, Any] | bool,  # noqa: FBT001 - true and false are schemas
    new: Mapping[str, Any] | bool,  # noqa: FBT001
    path: str = "detail",
) -> tuple[Change, ...]:
    """Return what has changed from one JSON Schema to another, in the order of the paths.

    If no change is breaking or undecided, the old schema allows all that the new one allows. A field that is removed
    counts as breaking even so: somebody may read it.

    Args:
        old: The schema that readers rely on: of draft 2020-12, or of an older one as its `$schema` says. References
            are followed inside the schema; a part of an OpenAPI document stands beside the document's `components`.

        new: The schema that is to take its place.

        path: What the schema is of. Default: the `detail` of an event; empty for the schema of a whole event.

    Raises:
        ContractError: If one is not a valid JSON Schema.
    """
    _check(old, "old")
    _check(new, "new")
    return tuple(sorted(Comparison(old, new).schemas(old, new, path), key=lambda change: change.path))


def _check(schema: Mapping[str, Any] | bool, argument: str) -> None:  # noqa: FBT001 - as above
    from jsonschema import Draft4Validator, Draft202012Validator, SchemaError  # noqa: PLC0415 - takes long
    from jsonschema.validators import validator_for  # noqa: PLC0415

    try:
        known: Any = schema
        validator_for(known, default=Draft202012Validator).check_schema(known)
        components = schema.get("components", {}) if isinstance(schema, Mapping) else {}
        for component in components.get("schemas", {}).values():
            # What OpenAPI 3.0 says otherwise, draft 4 does not know.
            Draft4Validator.check_schema(component)
    except SchemaError as error:
        msg = f"{argument} must be a valid JSON Schema: {error.message} (at {error.json_path})"
        raise ContractError(msg) from None


def _addresses(old: EventContract, new: EventContract) -> Iterator[Change]:
    """Compare what the contracts say of source and detail-type in place of the naming convention."""
    told = {"source": (old.given_source, new.given_source)}
    if old.version == new.version:
        told["detail-type"] = (old.given_detail_type, new.given_detail_type)
    for path, (was, now) in told.items():
        if was != now:
            breaking: Answer = True
            if was is None or now is None:
                breaking = Undecided("what the naming convention makes of it is not known here")
            yield Change(path=path, kind=ChangeKind.ADDRESS_CHANGED, breaking=breaking, was=was, now=now)
