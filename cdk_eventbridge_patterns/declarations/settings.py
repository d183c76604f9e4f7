"""The groups of settings that a service or a subscription may have in a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cdk_eventbridge_patterns.contracts.schema_dialect import SchemaDialect
from cdk_eventbridge_patterns.declarations.document import Section
from cdk_eventbridge_patterns.declarations.faults import Faults
from cdk_eventbridge_patterns.declarations.fields import Fields
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.plan.alarms import ALARMS
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.bus_logs import BusLogs, LogLevel
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy

_T = TypeVar("_T")

_ARCHIVE = ("retention_days", "by_data_class")
_ENCRYPTION = ("rotation_days", "pending_window_days")
_LOGS = ("level", "retention_days", "include_detail")
_THRESHOLDS = tuple(kind.setting for kind in ALARMS)
_REGISTRY = ("dialect", "readers", "organization_id", "consumers_read", "discover_in")


def archive_of(service: Fields, faults: Faults) -> ArchiveSettings | Disabled | None:
    """Return how a service's buses keep their events."""
    fields = service.fields("archive", (*_ARCHIVE, "disabled"), "{retention_days: 90}")
    return None if fields is None else _switched(fields, _archive, faults)


def encryption_of(service: Fields, faults: Faults) -> Encryption | None:
    """Return how a service's keys are kept: `{}` is by default."""
    fields = service.fields("encryption", _ENCRYPTION, "{rotation_days: 180}")
    if fields is None:
        return None
    with faults.caught(fields.where):
        return Encryption(**{key: fields.get(key) for key in _ENCRYPTION if key in fields})
    return None


def schema_registry_of(service: Fields, faults: Faults) -> SchemaRegistry | Disabled | None:
    """Return how a service's schemas are registered."""
    fields = service.fields("schema_registry", (*_REGISTRY, "disabled"), "{consumers_read: true}")
    return None if fields is None else _switched(fields, _registry, faults)


def monitoring_of(service: Fields, faults: Faults) -> Monitoring | Disabled | None:
    """Return how a service's buses are watched."""
    known = ("notify", "runbook", *_THRESHOLDS, "dashboard", "logs", "disabled")
    fields = service.fields("monitoring", known, "{runbook: https://wiki.example.com/orders}")
    return None if fields is None else _switched(fields, _monitoring, faults)


def retry_of(subscription: Fields, faults: Faults) -> RetryPolicy | None:
    """Return how long a subscription tries again."""
    known = ("maximum_attempts", "maximum_age_seconds")
    fields = subscription.fields("retry", known, "{maximum_attempts: 10}")
    if fields is None:
        return None
    with faults.caught(fields.where):
        return RetryPolicy(**{key: fields.get(key) for key in known if key in fields})
    return None


def _switched(fields: Fields, build: Callable[[Fields, Faults], _T], faults: Faults) -> _T | Disabled | None:
    """Return settings, or why there are none: `{disabled: why}`."""
    if "disabled" in fields and len(fields) > 1:
        faults.add(fields.where, "disabled must stand alone: what is off has no settings")
        return None
    with faults.caught(fields.where):
        return Disabled(fields.get("disabled")) if "disabled" in fields else build(fields, faults)
    return None


def _archive(fields: Fields, _faults: Faults) -> ArchiveSettings:
    # `retention_days: null` keeps events for ever, so it is told apart from a key that is left out.
    return ArchiveSettings(**{key: fields.get(key) for key in _ARCHIVE if key in fields})


def _registry(fields: Fields, faults: Faults) -> SchemaRegistry:
    said: dict[str, Any] = {
        "dialect": _dialect(fields, faults),
        "readers": tuple(fields.texts("readers", '["222222222222"]')),
        "organization_id": fields.text("organization_id", "o-exampleorg1"),
        "consumers_read": fields.flag("consumers_read"),
        "discover_in": tuple(fields.texts("discover_in", "[dev]")),
    }
    return SchemaRegistry(**{key: value for key, value in said.items() if key in fields})


def _monitoring(fields: Fields, faults: Faults) -> Monitoring:
    said: dict[str, Any] = {
        "notify": tuple(fields.texts("notify", '["arn:aws:sns:eu-west-1:111111111111:alerts"]')),
        "runbook": fields.text("runbook", "https://wiki.example.com/orders"),
        "dashboard": _off(fields, "dashboard", faults),
        "logs": _logs(fields, faults),
    }
    given = {key: value for key, value in said.items() if key in fields and value is not None}
    return Monitoring(**given, **_thresholds(fields, faults))


def _thresholds(fields: Fields, faults: Faults) -> dict[str, Any]:
    """Return the numbers as they stand, or why there is no such alarm; `Monitoring` refuses all else."""
    given: dict[str, Any] = {}
    for name in _THRESHOLDS:
        value = fields.get(name)
        if isinstance(value, Section):
            value = _off(fields, name, faults)
            given |= {} if value is None else {name: value}
        elif name in fields:
            given[name] = value
    return given


def _off(fields: Fields, name: str, faults: Faults) -> Disabled | None:
    switch = fields.fields(name, ("disabled",), "{disabled: another tool watches it}")
    if switch is None:
        return None
    with faults.caught(switch.where):
        return Disabled(switch.get("disabled"))
    return None


def _logs(fields: Fields, faults: Faults) -> BusLogs | Disabled | None:
    logs = fields.fields("logs", (*_LOGS, "disabled"), "{level: INFO}")
    return None if logs is None else _switched(logs, _bus_logs, faults)


def _bus_logs(fields: Fields, faults: Faults) -> BusLogs:
    said: dict[str, Any] = {key: fields.get(key) for key in _LOGS if key in fields}
    known = [level.value for level in LogLevel]
    if "level" in said and said["level"] not in known:
        faults.add(fields.at("level"), f"must be one of {', '.join(known)}, got {said['level']!r}")
        del said["level"]
    elif "level" in said:
        said["level"] = LogLevel(said["level"])
    return BusLogs(**said)


def _dialect(fields: Fields, faults: Faults) -> SchemaDialect:
    given = fields.text("dialect", "OpenApi3")
    known = [each.value for each in SchemaDialect]
    if given is not None and given not in known:
        faults.add(fields.at("dialect"), f"must be one of {', '.join(known)}, such as {nearest(given, known)!r}")
    return SchemaDialect(given) if given in known else SchemaDialect.JSON_SCHEMA_DRAFT_4
