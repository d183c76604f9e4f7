"""The archives of a bus, for replay: one for all events, or one for each class of data that is kept otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.contracts.data_class import DataClass
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.matching.limits import LONGEST
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import Adopted, check_adopted, kept_id, kept_name
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.event_pattern import length_of
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Exemption

_LONGEST_RETENTION = 36_500


@dataclass(frozen=True, kw_only=True)
class ArchiveSettings:
    """How a bus keeps its events for replay.

    An archive carries no tags: `AWS::Events::Archive` has none.

    Args:
        retention_days: How many days an event is kept; None keeps it for ever. Default: 30.

        by_data_class: How many days events of a class are kept, such as `{DataClass.RESTRICTED: 7}`, in an archive of
            their own; what has no contract is kept as *retention_days* says. Default: all are kept alike.

        adopt: What the archive that the bus has already keeps. Default: a new one is made.

    Raises:
        DeclarationError: If it is 0, which AWS takes as for ever, or not a number of days, or of no class of data.
    """

    retention_days: int | None = 30
    by_data_class: Mapping[DataClass, int | None] = field(default_factory=dict, hash=False)
    adopt: Adopted | None = None

    def __post_init__(self) -> None:
        """Refuse the number that means its opposite, and what no archive can keep."""
        check_adopted(self.adopt, ResourceKind.ARCHIVE)
        if not isinstance(self.by_data_class, Mapping):
            msg = f"by_data_class must be days by class, such as {{'restricted': 7}}, got {self.by_data_class!r}"
            raise DeclarationError(msg)
        by_class = {_class(name): days for name, days in self.by_data_class.items()}
        kept = [("retention_days", self.retention_days), *(("by_data_class", days) for days in by_class.values())]
        for argument, days in kept:
            if days is not None:
                check_whole_number(days, argument, 1, _LONGEST_RETENTION, "days, or None for ever")
        object.__setattr__(self, "by_data_class", by_class)


def _class(name: object) -> DataClass:
    try:
        return DataClass(name)
    except ValueError:
        known = ", ".join(member.value for member in DataClass)
        msg = f"by_data_class must be days by class, which is one of {known}, got {name!r}"
        raise DeclarationError(msg) from None


@dataclass(frozen=True, kw_only=True)
class ArchiveNames:
    """What the archives of a bus are called, and their logical ids: those of a class have it behind them."""

    archive_id: str
    name: str
    by_class: Mapping[DataClass, str]

    def id_of(self, data_class: DataClass) -> str:
        """Return the logical id of the archive of a class."""
        return logical_id(self.archive_id, data_class.value)


def add_archives(
    plan: Plan,
    settings: ArchiveSettings,
    *,
    names: ArchiveNames,
    bus: BusAddress,
    bus_id: str,
    events: Sequence[EventStamp],
    exemption: Exemption | None = None,
    key: KeyAddress | None = None,
) -> None:
    """Add the archives of *bus*: all *events* and others, save replays, which EventBridge itself leaves out."""
    apart = {
        data_class: types
        for data_class in settings.by_data_class
        if (types := _types(event for event in events if event.data_class == data_class.value))
    }
    rest = _other_than([each for types in apart.values() for each in types]) if apart else None
    _add(
        plan,
        kept_id(settings.adopt, names.archive_id),
        name=kept_name(settings.adopt) or names.name,
        bus=bus,
        bus_id=bus_id,
        says=f"All {'other ' if apart else ''}events of bus {bus.name}, for replay",
        days=settings.retention_days,
        event_pattern=rest,
        exemption=exemption,
        key=key,
    )
    for data_class, types in apart.items():
        _add(
            plan,
            names.id_of(data_class),
            name=names.by_class[data_class],
            bus=bus,
            bus_id=bus_id,
            says=f"Events of bus {bus.name} with {data_class.value} data, for replay",
            days=settings.by_data_class[data_class],
            event_pattern=_just(types),
            key=key,
        )


def _add(
    plan: Plan,
    archive_id: str,
    *,
    name: str,
    bus: BusAddress,
    bus_id: str,
    says: str,
    days: int | None,
    event_pattern: dict[str, Any] | None,
    exemption: Exemption | None = None,
    key: KeyAddress | None = None,
) -> None:
    length = 0 if event_pattern is None else length_of(event_pattern)
    if length > LONGEST:
        msg = (
            f"by_data_class needs an event pattern of at most {LONGEST} characters, and that of archive '{name}' has "
            f"{length}; keep all events of the bus alike"
        )
        raise DeclarationError(msg)
    plan.add(
        archive_id,
        "AWS::Events::Archive",
        {
            "ArchiveName": name,
            "SourceArn": bus.arn,
            "Description": says,
            "EventPattern": event_pattern,
            "RetentionDays": days,
            "KmsKeyIdentifier": None if key is None else key.alias,
        },
        depends_on=[bus_id],
        exemption=exemption,
    )


_Type = tuple[str, str]


def _types(events: Iterable[EventStamp]) -> list[_Type]:
    return sorted({(event.source, event.detail_type) for event in events})


def _by_source(types: Iterable[_Type]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, detail_type in types:
        found.setdefault(source, []).append(detail_type)
    return {source: sorted(found[source]) for source in sorted(found)}


def _just(types: Iterable[_Type]) -> dict[str, Any]:
    """Return what matches these events: two services may call theirs the same, so each source has its own types."""
    return _any_of({"source": [source], "detail-type": names} for source, names in _by_source(types).items())


def _other_than(types: Iterable[_Type]) -> dict[str, Any]:
    """Return what matches all events but these: those of other sources, and others of the same sources."""
    by_source = _by_source(types)
    return _any_of([{"source": [{"anything-but": [*by_source]}]}, *_others(by_source)])


def _others(by_source: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    for source, names in by_source.items():
        yield {"source": [source], "detail-type": [{"anything-but": names}]}


def _any_of(alternatives: Iterable[dict[str, Any]]) -> dict[str, Any]:
    several = list(alternatives)
    return several[0] if len(several) == 1 else {"$or": several}
