"""The contract of one version of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_eventbridge_patterns.contracts.data_class import DataClass
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import check_event, check_service, kebab_case

if TYPE_CHECKING:
    from pydantic import BaseModel


class EventType(NamedTuple):
    """What EventBridge routes by: the two envelope fields that tell events apart."""

    source: str
    detail_type: str


class EventContract:
    """What a producer promises about one version of an event; it never changes once published.

    Needs no CDK: keep contracts in a small package that the teams share, or copy them.

    Args:
        service: The service that publishes the event and owns the contract.

        event: The fact, in PascalCase and the past tense: `OrderPlaced`.

        version: Which version of the event, from 1. A change that could break a consumer is a new version.

        detail: The shape of `detail`: a pydantic model, or a JSON Schema (draft 2020-12) of type `object`.

        owner: The team to talk to. Default: nobody is named.

        description: One sentence for the catalog. Default: none.

        data_class: How carefully the data must be handled. Default: internal.

        examples: Values of `detail`; each must fit the schema. Default: none.

        source: The `source` of an event that is older than the naming convention. Default: as the convention has it.

        detail_type: Likewise its detail-type.

    Raises:
        ContractError: If the schema is not valid, is not that of an object, or an example does not fit it.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        *,
        service: str,
        event: str,
        version: int = 1,
        detail: type[BaseModel] | Mapping[str, Any],
        owner: str | None = None,
        description: str | None = None,
        data_class: DataClass = DataClass.INTERNAL,
        examples: Sequence[Mapping[str, Any]] = (),
        source: str | None = None,
        detail_type: str | None = None,
    ) -> None:
        self.service = check_service(service)
        self.event = check_event(event)
        self.version = _check_version(version)
        self.owner = owner
        self.description = description
        self.data_class = _check_data_class(data_class)
        self._source = None if source is None else ResourceKind.SOURCE.check(source)
        self._detail_type = None if detail_type is None else ResourceKind.DETAIL_TYPE.check(detail_type)
        self._schema = _schema_of(detail, self.title)
        self.examples = _check_examples(examples, self._schema, self.title)

    @property
    def title(self) -> str:
        """The event and its version, for people: `OrderPlaced.v1`."""
        return self.name.title

    @property
    def name(self) -> EventName:
        """The service, the event and its version: what tells contracts apart."""
        return EventName(self.service, self.event, self.version)

    @property
    def slug(self) -> str:
        """The event and its version as part of a name: `order-placed-v1`."""
        return f"{kebab_case(self.event)}-v{self.version}"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of `detail`, a copy."""
        return deepcopy(self._schema)

    def event_type(self, naming: NamingConvention) -> EventType:
        """Return the source and detail-type the event is published with under *naming*."""
        return EventType(
            self._source or naming.source(self.service),
            self._detail_type or naming.detail_type(self.event, self.version),
        )

    def __repr__(self) -> str:
        return f"EventContract({self.service}, {self.title})"


def _check_version(version: int) -> int:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        msg = f"version must be a whole number from 1, got {version!r}"
        raise ContractError(msg)
    return version


def _check_data_class(data_class: DataClass) -> DataClass:
    try:
        return DataClass(data_class)
    except ValueError:
        known = ", ".join(member.value for member in DataClass)
        msg = f"data_class must be one of {known}, got {data_class!r}"
        raise ContractError(msg) from None


def _schema_of(detail: type[BaseModel] | Mapping[str, Any], title: str) -> dict[str, Any]:
    if isinstance(detail, Mapping):
        schema = deepcopy(dict(detail))
    elif isinstance(detail, type) and hasattr(detail, "model_json_schema"):
        schema = detail.model_json_schema()
    else:
        msg = f"detail of {title} must be a pydantic model or a JSON Schema, got {detail!r}"
        raise ContractError(msg)
    _check_schema(schema, title)
    return schema


def _check_schema(schema: dict[str, Any], title: str) -> None:
    # jsonschema takes longer to import than this room, so it waits until a contract is made.
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        msg = f"detail of {title} must be a valid JSON Schema: {error.message} (at {error.json_path})"
        raise ContractError(msg) from None
    root_type = _root_type(schema)
    if root_type != "object":
        # PutEvents refuses a Detail that is not a JSON object.
        msg = f"detail of {title} must be a JSON Schema of type 'object', got type {root_type!r}"
        raise ContractError(msg)


def _root_type(schema: dict[str, Any]) -> object:
    """Return the type of the whole; pydantic puts a model that refers to itself behind a reference."""
    reference = str(schema.get("$ref", ""))
    if "type" not in schema and reference.startswith("#/$defs/"):
        schema = schema.get("$defs", {}).get(reference.removeprefix("#/$defs/"), {})
    return schema.get("type")


def _check_examples(
    examples: Sequence[Mapping[str, Any]], schema: dict[str, Any], title: str
) -> tuple[dict[str, Any], ...]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415
    from referencing.exceptions import Unresolvable  # noqa: PLC0415

    # An empty registry: a reference to another document must not make a declaration ask the network.
    registry: Registry[Any] = Registry()
    validator = Draft202012Validator(schema, registry=registry)
    for number, example in enumerate(examples, start=1):
        value = dict(example) if isinstance(example, Mapping) else example
        try:
            faults = [f"{fault.message} (at {fault.json_path})" for fault in validator.iter_errors(value)]
        except Unresolvable as error:
            msg = f"detail of {title} must hold all it refers to, got a reference to {error.ref!r}"
            raise ContractError(msg) from None
        if faults:
            msg = f"example {number} of {title} must fit its schema: {'; '.join(faults)}"
            raise ContractError(msg)
    return tuple(deepcopy(dict(example)) for example in examples)
