"""What a template can't say about a resource: service, owner, contract, data class, and what was switched off.

Constructs write it into the resource's `Metadata`; whoever reads templates reads it back. This file is its schema, and
that of an exemption from the naming convention, which any resource may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.naming.convention import NamingConvention

STAMP_KEY = "EventBridgePatterns"
EXEMPTION_KEY = "EventBridgePatternsExempt"


@dataclass(frozen=True, kw_only=True)
class EventStamp:
    """An event as a template carries it.

    *sensitive* are its encrypted fields, as an event pattern spells them; *account* is the one that publishes it, where
    that is not the one of the bus.
    """

    service: str
    event: str
    version: int
    source: str
    detail_type: str
    data_class: str
    owner: str | None = None
    sensitive: Sequence[str] = ()
    account: str | None = None

    @property
    def name(self) -> EventName:
        """The service, the event and its version."""
        return EventName(self.service, self.event, self.version)

    @classmethod
    def of(cls, contract: EventContract, naming: NamingConvention) -> EventStamp:
        """Return what is stamped of *contract*."""
        source, detail_type = contract.event_type(naming)
        return cls(
            service=contract.service,
            event=contract.event,
            version=contract.version,
            source=source,
            detail_type=detail_type,
            data_class=contract.data_class.value,
            owner=contract.owner,
            sensitive=contract.sensitive_fields,
        )

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> EventStamp:
        """Return what stands in a template."""
        return cls(**{**written, "sensitive": tuple(written.get("sensitive", ()))})

    @classmethod
    def of_all(cls, contracts: Iterable[EventContract], naming: NamingConvention) -> list[EventStamp]:
        """Return what is stamped of *contracts*, the same whatever the order of declaration."""
        return [cls.of(contract, naming) for contract in sorted(contracts, key=lambda c: (c.service, c.title))]


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What is stamped on one resource.

    Args:
        service: The service that owns the resource.

        owner: The team that owns the service.

        publishes: The events a bus carries for its producer.

        consumes: The events a rule is there for, by name: all else is said by the bus that publishes them.

        aws_events: Those of them that AWS services publish, in full: no bus is stamped with these.

        encrypts: The events whose sensitive fields a key is there for.

        disabled: What is on by default and was switched off, with the reason.

        replays: Whether a rule takes what a replay brings, where somebody said so.
    """

    service: str
    owner: str | None = None
    publishes: Sequence[EventStamp] = ()
    consumes: Sequence[EventName] = ()
    aws_events: Sequence[EventStamp] = ()
    encrypts: Sequence[EventName] = ()
    disabled: Mapping[str, str] = field(default_factory=dict)
    replays: bool | None = None

    def to_metadata(self) -> dict[str, Any]:
        """Return the stamp as resource metadata, without what is empty."""
        return {STAMP_KEY: _without_empty(_as_dict(self))}

    @classmethod
    def from_metadata(cls, metadata: Mapping[str, Any]) -> Stamp | None:
        """Read a stamp back from resource metadata, or nothing where there is none."""
        stamp = metadata.get(STAMP_KEY)
        if stamp is None:
            return None
        return cls(
            service=stamp["service"],
            owner=stamp.get("owner"),
            publishes=tuple(EventStamp.read(event) for event in stamp.get("publishes", ())),
            consumes=tuple(map(EventName.parse, stamp.get("consumes", ()))),
            aws_events=tuple(EventStamp.read(event) for event in stamp.get("aws_events", ())),
            encrypts=tuple(map(EventName.parse, stamp.get("encrypts", ()))),
            disabled=stamp.get("disabled", {}),
            replays=stamp.get("replays"),
        )


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """Why the naming convention does not hold for a resource, which may be anyone's; so it stands beside the stamp.

    Args:
        reason: Why, in a sentence for whoever reviews it. Read back, it may be empty: then it exempts from nothing.
    """

    reason: str

    def to_metadata(self) -> dict[str, Any]:
        """Return the exemption as resource metadata."""
        return {EXEMPTION_KEY: {"reason": self.reason}}

    @classmethod
    def from_metadata(cls, metadata: Mapping[str, Any]) -> Exemption | None:
        """Read an exemption back from resource metadata, or nothing where there is none."""
        written = metadata.get(EXEMPTION_KEY)
        if written is None:
            return None
        reason = written.get("reason") if isinstance(written, Mapping) else None
        return cls(reason=reason.strip() if isinstance(reason, str) else "")


def _as_dict(stamp: Stamp) -> dict[str, Any]:
    return {
        **vars(stamp),
        "publishes": list(map(_event_as_dict, stamp.publishes)),
        "consumes": sorted(map(str, stamp.consumes)),
        "aws_events": list(map(_event_as_dict, stamp.aws_events)),
        "encrypts": sorted(map(str, stamp.encrypts)),
        "disabled": dict(stamp.disabled),
    }


def _event_as_dict(event: EventStamp) -> dict[str, Any]:
    return _without_empty({**vars(event), "sensitive": list(event.sensitive)})


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}
