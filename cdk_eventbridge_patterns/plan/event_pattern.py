"""The event pattern of a rule, from contracts and what a consumer filters on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention

# Service Quotas, "Event pattern size": characters, adjustable.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
_LONGEST = 2_048

_MOST_SHOWN = 3


def event_pattern(
    events: Sequence[EventContract], naming: NamingConvention, detail: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the pattern that matches just *events*, and of those only what *detail* lets through.

    It always names source and detail-type: a pattern without them also matches what nobody meant.
    """
    types = [contract.event_type(naming) for contract in events]
    pattern: dict[str, Any] = {
        "source": sorted({event_type.source for event_type in types}),
        "detail-type": sorted({event_type.detail_type for event_type in types}),
    }
    if detail is not None:
        _check_filter(detail, "detail")
        pattern["detail"] = dict(detail)
    length = _length(pattern)
    if length > _LONGEST:
        msg = f"event pattern must be at most {_LONGEST} characters, got {length}; split the subscription"
        raise DeclarationError(msg)
    return pattern


def _length(pattern: Mapping[str, Any]) -> int:
    try:
        return len(json.dumps(pattern, separators=(",", ":")))
    except TypeError as error:
        msg = f"detail must be JSON, such as {{'status': ['paid']}}: {error}"
        raise DeclarationError(msg) from None


def _check_filter(fields: object, path: str) -> None:
    """Refuse what EventBridge would refuse, or would accept and never match."""
    if not isinstance(fields, Mapping) or not fields:
        msg = f"{path} must be a mapping of fields to lists of values, such as {{'status': ['paid']}}, got {fields!r}"
        raise DeclarationError(msg)
    for key, value in fields.items():
        if key == "$or":
            _check_alternatives(value, path)
        elif isinstance(value, Mapping):
            _check_filter(value, f"{path}.{key}")
        elif not isinstance(value, list) or not value:
            msg = f"{path}.{key} must be a list of at least one value or operator, such as ['paid'], got {value!r}"
            raise DeclarationError(msg)


def _check_alternatives(alternatives: object, path: str) -> None:
    if not isinstance(alternatives, list) or len(alternatives) < 2:  # noqa: PLR2004
        msg = f"{path}.$or must be a list of at least two alternatives, got {alternatives!r}"
        raise DeclarationError(msg)
    for number, alternative in enumerate(alternatives):
        _check_filter(alternative, f"{path}.$or[{number}]")


def titles(events: Sequence[EventContract]) -> str:
    """Return the names of *events*, sorted, for a description, which AWS holds to 512 characters."""
    shown = ", ".join(sorted(contract.title for contract in events)[:_MOST_SHOWN])
    return shown if len(events) <= _MOST_SHOWN else f"{shown} and {len(events) - _MOST_SHOWN} more"
