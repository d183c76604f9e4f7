"""What an organisation puts around the data of its events, inside `detail`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cdk_eventbridge_patterns.contracts.envelope_places import EnvelopePlaces
from cdk_eventbridge_patterns.contracts.schema_walk import with_references
from cdk_eventbridge_patterns.errors import ContractError

_TEXT = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "format": "date-time"}

# The JSON event format lets an attribute that is not set be null.
# https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
_OPTIONAL_TEXT = {"type": ["string", "null"], "minLength": 1}

_DEFINITIONS = ("$defs", "definitions")

_IN_METADATA = EnvelopePlaces(
    id="metadata.id",
    data="data",
    time="metadata.time",
    version="metadata.version",
    correlation_id="metadata.correlationId",
    causation_id="metadata.causationId",
    idempotency_key="metadata.idempotencyKey",
    claim_check="metadata.claimCheck",
)


class Envelope(Protocol):
    """What makes the schema of `detail` from that of the data."""

    def wrap(self, data: Mapping[str, Any], *, version: int) -> dict[str, Any]:
        """Return the schema of `detail` that holds *data*, of a contract's *version*."""

    @property
    def idempotency_key(self) -> str | None:
        """Where an event says which fact it is, as an event pattern spells it; nothing if no one field does."""


@dataclass(frozen=True, kw_only=True)
class StandardEnvelope:
    """`detail` is `{"metadata": …, "data": …}`.

    The metadata have `id`, `version`, `time`, `correlationId` and `idempotencyKey`, and may have `causationId` and
    whatever else an organisation adds. EventBridge's own `id` is no idempotency key: an event that is published again,
    or forwarded to another bus, has another.
    """

    @property
    def idempotency_key(self) -> str:
        """Where an event says which fact it is."""
        return "detail.metadata.idempotencyKey"

    @property
    def places(self) -> EnvelopePlaces:
        """Where it holds what an event says of itself."""
        return _IN_METADATA

    def wrap(self, data: Mapping[str, Any], *, version: int) -> dict[str, Any]:
        """Return the schema of `detail` that holds *data*, of a contract's *version*."""
        properties = {
            "id": {**_TEXT, "description": "Identifies this event; another for each that is published."},
            "version": {"const": version, "description": "The version of the contract."},
            "time": {**_TIME, "description": "When it happened, which may be long before it was published."},
            "correlationId": {**_TEXT, "description": "The same for all events of one story."},
            "idempotencyKey": {**_TEXT, "description": "The same for the same fact, however often it is published."},
            "causationId": {**_TEXT, "description": "The id of the event that led to this one."},
        }
        required = [name for name in properties if name != "causationId"]
        metadata = {"type": "object", "properties": properties, "required": required}
        return _around(data, beside={"metadata": metadata}, required=["metadata", "data"])


@dataclass(frozen=True, kw_only=True)
class CloudEvent:
    """`detail` is a CloudEvent 1.0 in structured mode, with the data as JSON under `data`.

    The `source` and the detail-type that EventBridge routes by stand outside of it and follow the naming convention;
    the `source` and `type` of the CloudEvent are for its readers, and say what its producer says.

    Args:
        source: The URI reference that all events of the contract have for `source`. Default: any; then no single field
            tells a fact, as the `id` of a CloudEvent is unique only for its source.

        type: The `type` that all events of the contract have. Default: any.

    Raises:
        ContractError: If one of them is empty.
    """

    source: str | None = None
    type: str | None = None

    def __post_init__(self) -> None:
        for argument, value in (("source", self.source), ("type", self.type)):
            if value is not None and (not isinstance(value, str) or not value):
                msg = f"{argument} must be text, such as 'com.acme.orders', got {value!r}"
                raise ContractError(msg)

    @property
    def idempotency_key(self) -> str | None:
        """Where an event says which fact it is: its id, if the source is always the same."""
        return None if self.source is None else "detail.id"

    @property
    def places(self) -> EnvelopePlaces:
        """Where it holds what an event says of itself; the id is the idempotency key.

        https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/correlation.md has the names of the ids of
        the story and of the cause; that of the claim check is our own extension.
        """
        said = {"specversion": "1.0", "source": self.source, "type": self.type}
        return EnvelopePlaces(
            id="id",
            data="data",
            time="time",
            correlation_id="correlationid",
            causation_id="causationid",
            idempotency_key="id",
            claim_check="claimcheck",
            fixed={name: value for name, value in said.items() if value is not None},
        )

    def wrap(self, data: Mapping[str, Any], *, version: int) -> dict[str, Any]:  # noqa: ARG002 - a CloudEvent has none
        """Return the schema of `detail` that holds *data*."""
        # https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
        attributes = {
            "specversion": {"const": "1.0"},
            "id": _TEXT,
            "source": _TEXT | {"format": "uri-reference"} if self.source is None else {"const": self.source},
            "type": _TEXT if self.type is None else {"const": self.type},
            "subject": _OPTIONAL_TEXT,
            "time": _OPTIONAL_TEXT | {"format": "date-time"},
            "datacontenttype": _OPTIONAL_TEXT,
            "dataschema": _OPTIONAL_TEXT | {"format": "uri"},
            "data_base64": False,
        }
        required = ["specversion", "id", "source", "type", "data"]
        extensions = {"additionalProperties": {"type": ["string", "integer", "boolean", "null"]}}
        return _around(data, beside=attributes, required=required) | extensions


def wrapped(data: dict[str, Any], envelope: Envelope | None, version: int) -> dict[str, Any]:
    """Return the schema of `detail` that *envelope* makes of that of the *data*.

    Raises:
        ContractError: If it is no envelope.
    """
    if envelope is None:
        return data
    if isinstance(envelope, type) or not hasattr(envelope, "wrap"):
        msg = f"envelope must be an envelope, such as StandardEnvelope(), got {envelope!r}"
        raise ContractError(msg)
    return envelope.wrap(data, version=version)


def _around(data: Mapping[str, Any], *, beside: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the schema of an object that has *data* among its fields; definitions stand at its top."""
    moved = with_references(data, _moved)
    definitions = {keyword: moved[keyword] for keyword in _DEFINITIONS if keyword in moved}
    inner = {keyword: value for keyword, value in moved.items() if keyword not in (*_DEFINITIONS, "$schema", "$id")}
    return {"type": "object", "properties": {**beside, "data": inner}, "required": required, **definitions}


def _moved(reference: str) -> str:
    """Return where a reference leads now that the data are one field."""
    stays = any(reference.startswith(f"#/{keyword}/") for keyword in _DEFINITIONS)
    is_inside = reference == "#" or reference.startswith("#/")
    return "#/properties/data" + reference.removeprefix("#") if is_inside and not stays else reference
