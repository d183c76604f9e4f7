"""The JSON Schema of a whole event: what a contract says of it, or what a schema registry holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

# What PutEvents and EventBridge make of an event around its detail; nothing else stands beside it. `replay-name` is
# there on replays. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "required": ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
    "properties": {
        "version": {"type": "string", "examples": ["0"]},
        "id": {"type": "string", "examples": ["6a7e8feb-b491-4cf7-a9f1-bf3703467718"]},
        "detail-type": {"type": "string"},
        "source": {"type": "string"},
        "account": {"type": "string", "pattern": "^[0-9]{12}$", "examples": ["111111111111"]},
        "time": {"type": "string", "examples": ["2026-01-01T00:00:00Z"]},
        "region": {"type": "string", "examples": ["eu-west-1"]},
        "resources": {"type": "array", "items": {"type": "string"}},
        "replay-name": {"type": "string"},
        "detail": {"type": "object"},
    },
    "additionalProperties": False,
}

_DETAIL = "#/properties/detail"


@dataclass(frozen=True, kw_only=True, eq=False)
class EventSchema:
    """What is promised about one event, its envelope included. It is equal to itself only.

    Args:
        title: What it is called, for people: `OrderPlaced.v1`.

        schema: The JSON Schema of the whole event, of the draft that its `$schema` names.
    """

    title: str
    schema: Mapping[str, Any]

    @classmethod
    def of_detail(
        cls, detail: Mapping[str, Any], *, title: str, source: str | None = None, detail_type: str | None = None
    ) -> EventSchema:
        """Return the schema of an event by that of its `detail`.

        Args:
            detail: A JSON Schema, draft 2020-12.

            title: What the event is called.

            source: Its source. Default: any text.

            detail_type: Its detail-type. Default: any text.
        """
        inner = {key: _moved(value) for key, value in detail.items() if key not in ("$defs", "$schema", "$id")}
        envelope = ENVELOPE["properties"] | {
            "source": {"type": "string"} if source is None else {"const": source},
            "detail-type": {"type": "string"} if detail_type is None else {"const": detail_type},
            "detail": inner,
        }
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **ENVELOPE,
            "properties": envelope,
            "$defs": _moved(detail.get("$defs", {})),
        }
        return cls(title=title, schema=schema)

    @cached_property
    def validator(self) -> Validator:
        """The validator of the schema, which asks no network for what it refers to."""
        # jsonschema takes longer to import than the rooms that only hand schemas on.
        from jsonschema.validators import Draft202012Validator, validator_for  # noqa: PLC0415
        from referencing import Registry  # noqa: PLC0415

        registry: Registry[Any] = Registry()
        return validator_for(self.schema, default=Draft202012Validator)(self.schema, registry=registry)

    @property
    def is_valid(self) -> bool:
        """Whether it is a JSON Schema at all."""
        from jsonschema import SchemaError  # noqa: PLC0415 - as above

        try:
            self.validator.check_schema(dict(self.schema))
        except (SchemaError, RecursionError):
            return False
        return True

    def faults(self, event: Mapping[str, Any]) -> Iterator[str]:
        """Return what of *event* does not fit.

        Raises:
            referencing.exceptions.Unresolvable: If the schema refers to what it does not hold.
        """
        return (f"{fault.message} (at {fault.json_path})" for fault in self.validator.iter_errors(event))


def _moved(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of the schema of `detail` with its references to the whole led to where that stands now."""
    if isinstance(value, list):
        return [_moved(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _reference(each) if key == "$ref" else _moved(each) for key, each in value.items()}


def _reference(reference: Any) -> Any:  # noqa: ANN401 - JSON; a property may be named $ref
    if not isinstance(reference, str):
        return _moved(reference)
    inside = reference == "#" or (reference.startswith("#/") and not reference.startswith("#/$defs/"))
    return _DETAIL + reference.removeprefix("#") if inside else reference
