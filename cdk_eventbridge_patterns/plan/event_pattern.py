"""The event pattern of a rule, from contracts and what a consumer filters on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError, EventPatternError
from cdk_eventbridge_patterns.matching.analysis import Dead, OnlyUndeclared, satisfiable
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.limits import LONGEST
from cdk_eventbridge_patterns.matching.matchers import Absent, Present
from cdk_eventbridge_patterns.matching.operators import OPERATORS
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.replays import NO_REPLAYS

# How CDK writes text that is known only at deployment. https://docs.aws.amazon.com/cdk/v2/guide/tokens.html
_TOKEN = re.compile(r"\$\{Token\[[^\]]*\]\}")

# And how it writes a number that is known only then: as one far below any that is meant.
_NUMBER_TOKENS = -1e288

# A private-use character stands for the token in a wildcard, as it is none that the text around it has.
_STAND_INS: Mapping[str, Callable[[str], str]] = {
    "cidr": lambda _: "10.0.0.0/8",
    "wildcard": lambda operand: _TOKEN.sub("\ue000", operand),
}

_MOST_SHOWN = 3


def event_pattern(
    events: Sequence[EventContract],
    naming: NamingConvention,
    detail: Mapping[str, Any] | None,
    *,
    on: BusAddress | None = None,
    replays: bool = True,
) -> dict[str, Any]:
    """Return the pattern that matches just *events* on a bus, and of those only what *detail* lets through.

    It always names source and detail-type: a pattern without them also matches what nobody meant. On a default bus it
    names the account too: other accounts may forward their events of the same services there, which must neither be
    taken for those of the account nor be sent back. Without *replays* it asks that no replay brings the event.
    """
    types = [contract.event_type(naming) for contract in events]
    pattern: dict[str, Any] = {
        "source": sorted({event_type.source for event_type in types}),
        "detail-type": sorted({event_type.detail_type for event_type in types}),
    }
    if on is not None and on.is_default:
        pattern["account"] = [on.account]
    if not replays:
        pattern |= NO_REPLAYS
    if detail is not None:
        pattern["detail"] = _mapping(detail)
    length = length_of(pattern)
    if length > LONGEST:
        msg = f"event pattern must be at most {LONGEST} characters, got {length}; split the subscription"
        raise DeclarationError(msg)
    _checked(pattern)
    if detail is not None:
        check_detail(detail, events)
    return pattern


def check_detail(detail: object, events: Sequence[EventContract]) -> None:
    """Refuse a filter that is wrong under any naming convention.

    Raises:
        DeclarationError: If EventBridge would refuse it, it asks for what is encrypted, or an event can't pass it.
    """
    asked = {"detail": _mapping(detail)}
    length_of(asked)  # it is JSON
    _check_sensitive(_checked(asked), events)
    _check_contracts(asked["detail"], events)


def _mapping(detail: object) -> dict[str, Any]:
    """Refuse what EventBridge would take for the values of `detail` itself, which has none: it is an object."""
    if not isinstance(detail, Mapping) or not detail:
        msg = f"detail must be a mapping of fields to lists of values, such as {{'status': ['paid']}}, got {detail!r}"
        raise DeclarationError(msg)
    return dict(detail)


def length_of(pattern: Mapping[str, Any]) -> int:
    """Return how many characters of JSON an event pattern is.

    Raises:
        DeclarationError: If it is not JSON, as only a filter that somebody wrote may be.
    """
    try:
        return len(json.dumps(pattern, separators=(",", ":")))
    except (TypeError, ValueError) as error:
        msg = f"detail must be JSON, such as {{'status': ['paid']}}: {error}"
        raise DeclarationError(msg) from None


def _checked(pattern: Mapping[str, Any]) -> EventPattern:
    """Refuse what EventBridge would refuse; paths in the message begin with `detail`, the argument."""
    try:
        return EventPattern.parse(_with_stand_ins(pattern), longest=None)
    except EventPatternError as error:
        raise DeclarationError(str(error)) from None


def _check_sensitive(pattern: EventPattern, events: Sequence[EventContract]) -> None:
    """Refuse a filter on the value of a sensitive field: what is published there is a ciphertext.

    Whether such a field is there can still be asked, but not what is in it.
    """
    for alternative in pattern.alternatives:
        for path, matchers in alternative.items():
            is_of_presence = all(isinstance(matcher, Present | Absent) for matcher in matchers)
            known = path.rpartition(".")[0] if is_of_presence else path
            marking = [contract for contract in events if contract.is_sensitive(known)]
            if marking:
                msg = (
                    "detail must not filter on a sensitive field, whose value is encrypted before it is published, "
                    f"got {path!r} of {marking[0].title}"
                )
                raise DeclarationError(msg)


def _check_contracts(detail: Mapping[str, Any], events: Sequence[EventContract]) -> None:
    """Refuse a filter that an event can't pass, as its contract has it: the rule would never get that event."""
    pattern = EventPattern.parse({"detail": _with_anything_for_tokens(detail)}, longest=None)
    for contract in events:
        verdict = satisfiable(pattern, contract)
        if isinstance(verdict, Dead | OnlyUndeclared):
            others = "; filter each event apart" if len(events) > 1 else ""
            msg = (
                f"detail must let some {contract.title} through, and can't: at {verdict.path} {verdict.reason}{others}"
            )
            raise DeclarationError(msg)


def _with_anything_for_tokens(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return *value* with what is always satisfied in place of what is known only at deployment."""
    if isinstance(value, Mapping):
        return {key: _with_anything_for_tokens(below) for key, below in value.items()}
    if not isinstance(value, list):
        return value
    return [_with_anything_for_tokens(item) if _is_alternative(item) else _or_anything(item) for item in value]


def _is_alternative(item: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether *item* is one of those under `$or`, not an operator: it leads to lists of values, not to an operand."""
    return isinstance(item, Mapping) and not item.keys() <= OPERATORS.keys()


def _or_anything(item: Any) -> Any:  # noqa: ANN401 - JSON
    return {"exists": True} if _has_token(item) else item


def _has_token(item: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(item, Mapping):
        return any(map(_has_token, item.values()))
    if isinstance(item, list):
        return any(map(_has_token, item))
    return _TOKEN.search(item) is not None if isinstance(item, str) else _is_number_token(item)


def _is_number_token(value: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(value, float) and value < _NUMBER_TOKENS


def _with_stand_ins(value: Any, operator: str = "") -> Any:  # noqa: ANN401 - JSON
    """Return *value* with something allowed where a token stands in an operand that has a form of its own.

    What the token becomes is not known yet, and not guessed.
    """
    if isinstance(value, Mapping):
        return {key: _with_stand_ins(below, key) for key, below in value.items()}
    if isinstance(value, list):
        if operator == "numeric" and any(map(_is_number_token, value)):
            return [">", 0]
        return [_with_stand_ins(item, operator) for item in value]
    if not isinstance(value, str) or operator not in _STAND_INS or not _TOKEN.search(value):
        return value
    return _STAND_INS[operator](value)


def titles(events: Sequence[EventContract]) -> str:
    """Return the names of *events*, sorted, for a description, which AWS holds to 512 characters."""
    shown = ", ".join(sorted(contract.title for contract in events)[:_MOST_SHOWN])
    return shown if len(events) <= _MOST_SHOWN else f"{shown} and {len(events) - _MOST_SHOWN} more"
