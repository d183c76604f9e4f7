"""The contract of one version of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_eventbridge_patterns.contracts.checked_schema import checked_examples, schema_of
from cdk_eventbridge_patterns.contracts.data_class import DataClass, check_data_class
from cdk_eventbridge_patterns.contracts.envelope import Envelope, wrapped
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.contracts.schema_fields import is_required
from cdk_eventbridge_patterns.contracts.sensitive import is_sensitive, sensitive_fields
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

        detail: The shape of `detail`, or of the data in an envelope: a pydantic model, or a JSON Schema (draft
            2020-12) of type `object`.

        envelope: What stands around the data. Default: nothing, so the data are `detail`.

        owner: The team to talk to. Default: nobody is named.

        description: One sentence for the catalog. Default: none.

        data_class: How carefully the data must be handled. Default: confidential if a field is marked as sensitive,
            else internal. A sensitive field in data that may be read widely is a mistake in one of the two, so it is
            refused.

        examples: Values of `detail`, with the envelope; each must fit the schema. Default: none.

        source: The `source` of an event that is older than the naming convention. Default: as the convention has it.

        detail_type: Likewise its detail-type.

    Raises:
        ContractError: If the schema is not valid, is not that of an object, or an example does not fit it; or if the
            data class is too low for a sensitive field.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        *,
        service: str,
        event: str,
        version: int = 1,
        detail: type[BaseModel] | Mapping[str, Any],
        envelope: Envelope | None = None,
        owner: str | None = None,
        description: str | None = None,
        data_class: DataClass | None = None,
        examples: Sequence[Mapping[str, Any]] = (),
        source: str | None = None,
        detail_type: str | None = None,
    ) -> None:
        self.service = check_service(service)
        self.event = check_event(event)
        self.version = _check_version(version)
        self.envelope = envelope
        self.owner = owner
        self.description = description
        self._source = None if source is None else ResourceKind.SOURCE.check(source)
        self._detail_type = None if detail_type is None else ResourceKind.DETAIL_TYPE.check(detail_type)
        # What a consumer reads the data into, if they were given as a model.
        self.model = None if isinstance(detail, Mapping) else detail
        self._schema = wrapped(schema_of(detail, self.title), envelope, self.version)
        self.sensitive_fields = sensitive_fields(self._schema)
        self.data_class = check_data_class(data_class, self.sensitive_fields)
        self.examples = checked_examples(examples, self._schema, self.title)

    @classmethod
    def from_json_schema(
        cls,
        path: str | Path,
        *,
        service: str,
        event: str,
        version: int = 1,
        envelope: Envelope | None = None,
        owner: str | None = None,
        description: str | None = None,
        data_class: DataClass | None = None,
        examples: Sequence[Mapping[str, Any]] = (),
        source: str | None = None,
        detail_type: str | None = None,
    ) -> EventContract:
        """Return the contract whose data a JSON Schema file describes.

        Args:
            path: The file, JSON or YAML, of draft 4 to 2020-12 as its `$schema` says. What it refers to in other
                files of its folder, or in folders below, becomes part of the contract.

            service: As of the class, and so are all others.

            event: Which event it is.

            version: Which version.

            envelope: What stands around the data.

            owner: The team to talk to.

            description: One sentence for the catalog. Default: that of the schema.

            data_class: How carefully the data must be handled.

            examples: Values of `detail`. Default: those of the schema, if there is no envelope.

            source: The `source`, if it is not the convention's.

            detail_type: The detail-type, if it is not the convention's.

        Raises:
            ContractError: If a file can't be read, a reference leads out of the folder or to the network, or the
                contract is not valid.
        """
        from cdk_eventbridge_patterns.contracts.sources.bundle import bundled_file  # noqa: PLC0415 - few read files

        schema = bundled_file(path)
        return cls(
            service=service,
            event=event,
            version=version,
            detail=schema,
            envelope=envelope,
            owner=owner,
            description=description or schema.get("description"),
            data_class=data_class,
            examples=examples or (() if envelope else schema.get("examples", ())),
            source=source,
            detail_type=detail_type,
        )

    @classmethod
    def from_asyncapi(
        cls,
        path: str | Path,
        *,
        service: str,
        envelope: Envelope | None = None,
        owner: str | None = None,
        data_class: DataClass | None = None,
    ) -> tuple[EventContract, ...]:
        """Return the contracts of the messages that the application of an AsyncAPI document sends.

        Those are the messages of operations that send (in version 2: what clients may subscribe to), or all messages
        of a document without operations. What is read of a message, and the extensions that say what AsyncAPI has no
        word for, are told in `docs/contracts.md`.

        Args:
            path: The document, JSON or YAML, of version 2 or 3.

            service: The service that sends.

            envelope: What stands around the payloads. Default: nothing; the payload is `detail`.

            owner: The team to talk to. Default: `x-owner`, or the document's contact.

            data_class: How carefully the data must be handled. Default: `x-data-class`, or as of the class.

        Raises:
            ContractError: If the document can't be read, or a message can't be an event: it is not JSON, its schema is
                neither JSON Schema nor AsyncAPI's own, or another message is the same event.
        """
        from cdk_eventbridge_patterns.contracts.sources.asyncapi import sent_messages  # noqa: PLC0415 - as above

        found: dict[EventName, EventContract] = {}
        for message in sent_messages(path):
            said = {**message.said, **({"owner": owner} if owner else {})}
            if data_class is not None:
                said["data_class"] = data_class
            contract = cls(
                service=service,
                event=message.event,
                version=message.version,
                detail=message.detail,
                envelope=envelope,
                examples=() if envelope else message.examples,
                **said,
            )
            if contract.name in found:
                msg = f"messages of {Path(path).name} must be different events, got {contract.title} twice"
                raise ContractError(msg)
            found[contract.name] = contract
        return tuple(found.values())

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

    @property
    def given_source(self) -> str | None:
        """The source it was given in place of the naming convention's; nothing if it follows that."""
        return self._source

    @property
    def given_detail_type(self) -> str | None:
        """The detail-type it was given in place of the naming convention's; nothing if it follows that."""
        return self._detail_type

    @property
    def idempotency_key(self) -> str | None:
        """Where an event says which fact it is, as an event pattern spells it: `detail.metadata.idempotencyKey`.

        Nothing if there is no envelope, or none that knows.
        """
        return None if self.envelope is None else self.envelope.idempotency_key

    def is_sensitive(self, path: str) -> bool:
        """Whether the field at *path*, such as `detail.card.number`, is marked as sensitive or stands in one that is.

        `sensitive_fields` lists them, but of a schema that refers to itself only the first round.
        """
        first, *steps = path.split(".")
        return first == "detail" and self.is_sensitive_at(steps)

    def is_sensitive_at(self, steps: Sequence[str]) -> bool:
        """Whether the field that *steps* lead to, from `detail` on, is; a step may have a dot in it."""
        return is_sensitive(self._schema, steps)

    def requires(self, steps: Sequence[str]) -> bool:
        """Whether the field that *steps* lead to, from `detail` on, must be there, if what it stands in is."""
        return is_required(self._schema, steps)

    def event_type(self, naming: NamingConvention) -> EventType:
        """Return the source and detail-type the event is published with under *naming*."""
        return EventType(
            self._source or naming.source(self.service),
            self._detail_type or naming.detail_type(self.event, self.version),
        )

    def event_schema(self, naming: NamingConvention | None = None) -> EventSchema:
        """Return the JSON Schema of the whole event.

        Args:
            naming: The convention its source and detail-type follow. Default: none, so they may be any text, save
                those that the contract sets itself.
        """
        source, detail_type = (self._source, self._detail_type) if naming is None else self.event_type(naming)
        return EventSchema.of_detail(self._schema, title=self.title, source=source, detail_type=detail_type)

    def __repr__(self) -> str:
        return f"EventContract({self.service}, {self.title})"


def _check_version(version: int) -> int:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        msg = f"version must be a whole number from 1, got {version!r}"
        raise ContractError(msg)
    return version
