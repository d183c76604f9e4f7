"""One value or operator in the list of a field, from JSON to a matcher."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.addresses import address_of, network_of
from cdk_eventbridge_patterns.matching.json_text import Fields, Json, shown
from cdk_eventbridge_patterns.matching.matchers import (
    Absent,
    AnythingBut,
    AnythingButMatching,
    Cidr,
    Equals,
    EqualsAddress,
    EqualsIgnoreCase,
    Matcher,
    Prefix,
    PrefixIgnoreCase,
    Present,
    Suffix,
    SuffixIgnoreCase,
    Wildcard,
)
from cdk_eventbridge_patterns.matching.number import Number, number_of
from cdk_eventbridge_patterns.matching.numeric import numeric
from cdk_eventbridge_patterns.matching.wildcard import tokens_of

_BITS = re.compile(r"[0-9]{1,3}", re.ASCII)


def matcher(value: Any, path: str) -> Matcher:  # noqa: ANN401 - JSON
    """Return what *value*, which stands at *path* in the pattern, asks of the field.

    Raises:
        EventPatternError: If it is neither a value nor an operator.
    """
    if isinstance(value, str):
        return EqualsAddress(value) if address_of(value) else Equals(value)
    if value is None or isinstance(value, bool):
        return Equals(value)
    number = number_of(value)
    if number is not None:
        return Equals(number)
    if isinstance(value, Fields | Mapping):
        name, operand = _only_field(value, path, OPERATORS)
        return OPERATORS[name](operand, f"{path}.{name}")
    msg = (
        f"{path} must be text, a number, true, false, null or an operator, such as {{'prefix': 'order-'}}, "
        f"got {shown(value)}"
    )
    raise EventPatternError(msg)


def _only_field(value: Json, path: str, known: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the single field of an operator object."""
    fields = list(value.items())
    if len(fields) != 1 or fields[0][0] not in known:
        msg = f"{path} must have exactly one operator, of {', '.join(known)}, got {shown(value)}"
        raise EventPatternError(msg)
    name, operand = fields[0]
    return name, operand


def _text(operand: object, path: str) -> str:
    if not isinstance(operand, str):
        msg = f"{path} must be text, such as 'order-', got {shown(operand)}"
        raise EventPatternError(msg)
    return operand


def _exactly(operand: object, path: str) -> Matcher:
    return Equals(_text(operand, path))


def _prefix(operand: object, path: str) -> Matcher:
    if isinstance(operand, Fields | Mapping):
        return PrefixIgnoreCase(_ignoring_case(operand, path))
    return Prefix(_text(operand, path))


def _suffix(operand: object, path: str) -> Matcher:
    if isinstance(operand, Fields | Mapping):
        return SuffixIgnoreCase(_ignoring_case(operand, path))
    return Suffix(_text(operand, path))


def _ignoring_case(operand: Json, path: str) -> str:
    name, text = _only_field(operand, path, {"equals-ignore-case": None})
    return _text(text, f"{path}.{name}")


def _equals_ignore_case(operand: object, path: str) -> EqualsIgnoreCase:
    return EqualsIgnoreCase(_text(operand, path))


def _wildcard(operand: object, path: str) -> Wildcard:
    text = _text(operand, path)
    tokens_of(text, path)
    return Wildcard(text)


def _cidr(operand: object, path: str) -> Matcher:
    text = operand if isinstance(operand, str) else ""
    address_text, slash, bits = text.partition("/")
    address = address_of(address_text)
    # A block of one address is refused: it can be given as a literal. aws/event-ruler, CIDR.cidr.
    if not slash or address is None or not _BITS.fullmatch(bits) or int(bits) >= address.max_prefixlen:
        msg = (
            f"{path} must be an address and how many of its bits are fixed, 0 to 31 (IPv6: 0 to 127), "
            f"such as '10.0.0.0/24', got {shown(operand)}"
        )
        raise EventPatternError(msg)
    return Cidr(network_of(address, int(bits)))


def _exists(operand: object, path: str) -> Matcher:
    if not isinstance(operand, bool):
        msg = f"{path} must be true or false, got {shown(operand)}"
        raise EventPatternError(msg)
    return Present() if operand else Absent()


def _anything_but(operand: Any, path: str) -> Matcher:  # noqa: ANN401 - JSON
    if isinstance(operand, Fields | Mapping):
        name, operands = _only_field(operand, path, _INSIDE_ANYTHING_BUT)
        return _anything_but_matching(name, operands, f"{path}.{name}")
    values = [number_of(value) or value for value in _list(operand)]
    kinds = {type(value) for value in values}
    if kinds not in ({str}, {Number}) or any(isinstance(value, Number) and value.value is None for value in values):
        msg = (
            f"{path} must be text, a number that a double holds exactly, a list of either, not mixed, "
            f"or one of {', '.join(_INSIDE_ANYTHING_BUT)}, got {shown(operand)}"
        )
        raise EventPatternError(msg)
    return AnythingBut(tuple(values))


def _anything_but_matching(name: str, operand: object, path: str) -> Matcher:
    texts = _list(operand)
    needed = "non-empty text" if name in ("prefix", "suffix") else "text"
    if not texts or not all(isinstance(text, str) and (text or needed == "text") for text in texts):
        msg = f"{path} must be {needed} or a list of it, such as ['order-'], got {shown(operand)}"
        raise EventPatternError(msg)
    return AnythingButMatching(name, tuple(_INSIDE_ANYTHING_BUT[name](text, path) for text in texts))


def _list(operand: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return operand if isinstance(operand, list) else [operand]


_INSIDE_ANYTHING_BUT: dict[str, Callable[[str, str], Prefix | Suffix | EqualsIgnoreCase | Wildcard]] = {
    "prefix": lambda text, _: Prefix(text),
    "suffix": lambda text, _: Suffix(text),
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
}

# Names are case-sensitive. `exactly` is accepted and not documented.
OPERATORS: dict[str, Callable[[Any, str], Matcher]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "anything-but": _anything_but,
    "numeric": numeric,
    "cidr": _cidr,
    "exists": _exists,
    "exactly": _exactly,
}
