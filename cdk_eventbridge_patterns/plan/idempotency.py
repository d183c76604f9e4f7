"""By which field of an event a consumer knows it again, and what its function is told of that."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.matching.analysis import satisfiable, undeclared
from cdk_eventbridge_patterns.matching.analysis.verdict import Live, OnlyUndeclared
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern

# Variables of the function's environment. Powertools knows the first; for the others it has no names, so they are ours.
# https://docs.aws.amazon.com/powertools/python/latest/environment-variables/
SERVICE_NAME = "POWERTOOLS_SERVICE_NAME"
TABLE_NAME = "IDEMPOTENCY_TABLE_NAME"
KEY_PATH = "IDEMPOTENCY_KEY_PATH"
EXPIRES_AFTER_SECONDS = "IDEMPOTENCY_EXPIRES_AFTER_SECONDS"

# What an event's own id is worth: AWS gives each published event another.
_OWN_ID = "id"

# Identifiers that JMESPath takes without quotes.
# https://jmespath.org/specification.html#grammar
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def idempotency_path(events: Sequence[EventContract], given: str | None = None) -> str:
    """Return the field by which all *events* say which fact they are, as an event pattern spells it.

    Args:
        events: The events.

        given: The field that was declared. Default: the one that the contracts' envelopes have for it.

    Raises:
        DeclarationError: If there is none, the events have different ones, or one of them may be without it.
    """
    path = _path_of(events) if given is None else _checked_path(given, events)
    for contract in events:
        _check_always_there(path, contract)
    return path


def key_expression(path: str) -> str:
    """Return the JMESPath expression that gives the idempotency key of an event: its type, and the value at *path*.

    The type is part of the key, for two events may have the same value there. An event without the value has no key at
    all, where a list on its own would be one key for all of those: Powertools takes a list for missing only if
    everything in it is.
    """
    field = ".".join(step if _BARE.fullmatch(step) else json.dumps(step) for step in path.split("."))
    return f'{field} && [source, "detail-type", {field}]'


def _path_of(events: Sequence[EventContract]) -> str:
    paths: dict[str, EventContract] = {}
    for contract in events:
        if contract.idempotency_key is None:
            msg = (
                f"{contract.title} of '{contract.service}' has no idempotency key, by which a consumer knows an event "
                f"again; {_instead(contract)}"
            )
            raise DeclarationError(msg)
        paths.setdefault(contract.idempotency_key, contract)
    if len(paths) > 1:
        found = " and ".join(f"'{path}' in {contract.title}" for path, contract in sorted(paths.items()))
        msg = f"events of one consumer must have their idempotency key in one place, got {found}; make one for each"
        raise DeclarationError(msg)
    return next(iter(paths))


def _instead(contract: EventContract) -> str:
    if isinstance(contract, AwsEvent):
        return f"pass idempotency_key='{_OWN_ID}', which AWS gives each event once"
    return (
        "pass idempotency_key= with a field that is the same for the same fact, such as 'detail.order_id', or give the "
        "contract an envelope that has one, such as envelope=StandardEnvelope()"
    )


def _checked_path(given: str, events: Sequence[EventContract]) -> str:
    if given == _OWN_ID and all(isinstance(contract, AwsEvent) for contract in events):
        return given
    steps = given.split(".") if isinstance(given, str) else []
    if len(steps) < 2 or steps[0] != "detail" or not all(steps):  # noqa: PLR2004 - `detail` and a field
        msg = f"idempotency_key must be a field of detail, such as 'detail.order_id', got {given!r}"
        if given == _OWN_ID:
            msg += "; an event that is published again, or on another bus, has another id"
        raise DeclarationError(msg)
    return given


def _check_always_there(path: str, contract: EventContract) -> None:
    """Refuse a path that leads to nothing in some event: its consumer would take it for no event at all."""
    why = _encrypted(path, contract) or undeclared(f"$.{path}", contract) or _missing(path, contract)
    if why:
        msg = f"idempotency_key must be a field that every {contract.title} has, got {path!r}: {why}"
        raise DeclarationError(msg)


def _encrypted(path: str, contract: EventContract) -> str | None:
    if not contract.is_sensitive(path):
        return None
    return "its producer encrypts it, so it may be another text each time it is published"


def _missing(path: str, contract: EventContract) -> str | None:
    """Return why some event has no plain value at *path*; nothing where all have one, or nobody can say."""
    pattern: object = [{"exists": False}, None]
    for step in reversed(path.split(".")):
        pattern = {step: pattern}
    without = satisfiable(EventPattern.parse(pattern), contract)  # type: ignore[arg-type]  # a path has a step
    if isinstance(without, Live | OnlyUndeclared):
        return "its contract lets it be missing, null, or no plain value"
    return None
