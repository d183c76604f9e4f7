"""What a filter may ask of a field, an operator of event patterns each."""

from __future__ import annotations

from typing import Any, TypeVar

from cdk_eventbridge_patterns.errors import DeclarationError, EventPatternError
from cdk_eventbridge_patterns.filters.field import field_of, steps_of
from cdk_eventbridge_patterns.matching import Dead, EventPattern, OnlyUndeclared, satisfiable

Condition = dict[str, Any]
"""An event pattern of the detail, as `detail=` takes it."""

_Value = TypeVar("_Value")


def equals(field: _Value, *values: _Value) -> Condition:
    """Let through what has one of *values*: texts, numbers, true, false or None.

    This and all others here raise `ContractError` for what is no field, and `DeclarationError` for what the contract
    never allows there.
    """
    return _condition(field, list(values))


def prefix(field: str | None, *texts: str) -> Condition:
    """Let through texts that begin with one of *texts*."""
    return _condition(field, [{"prefix": text} for text in texts])


def suffix(field: str | None, *texts: str) -> Condition:
    """Let through texts that end with one of *texts*."""
    return _condition(field, [{"suffix": text} for text in texts])


def equals_ignore_case(field: str | None, *texts: str) -> Condition:
    """Let through texts that are one of *texts* in lower or upper case."""
    return _condition(field, [{"equals-ignore-case": text} for text in texts])


def wildcard(field: str | None, *texts: str) -> Condition:
    """Let through texts that fit one of *texts*, in which `*` is any run of characters."""
    return _condition(field, [{"wildcard": text} for text in texts])


def in_network(field: str | None, *networks: str) -> Condition:
    """Let through IP addresses in one of *networks*, such as `10.0.0.0/24`."""
    return _condition(field, [{"cidr": network} for network in networks])


def anything_but(field: _Value, *values: _Value) -> Condition:
    """Let through all that is there and none of *values*, which are all texts or all numbers."""
    return _condition(field, [{"anything-but": list(values)}])


def above(field: float | None, bound: float) -> Condition:
    """Let through numbers greater than *bound*."""
    return _condition(field, [{"numeric": [">", bound]}])


def at_least(field: float | None, bound: float) -> Condition:
    """Let through numbers that are *bound* or greater."""
    return _condition(field, [{"numeric": [">=", bound]}])


def below(field: float | None, bound: float) -> Condition:
    """Let through numbers less than *bound*."""
    return _condition(field, [{"numeric": ["<", bound]}])


def at_most(field: float | None, bound: float) -> Condition:
    """Let through numbers that are *bound* or less."""
    return _condition(field, [{"numeric": ["<=", bound]}])


def between(field: float | None, low: float, high: float) -> Condition:
    """Let through numbers from *low* to *high*, both included."""
    return _condition(field, [{"numeric": [">=", low, "<=", high]}])


def exists(field: object) -> Condition:
    """Let through what has the field, null too; a field that holds an object is not seen, ask for one below it."""
    return _condition(field, [{"exists": True}])


def absent(field: object) -> Condition:
    """Let through what does not have the field."""
    return _condition(field, [{"exists": False}])


def _condition(given: object, values: list[Any]) -> Condition:
    """Return what asks *values* of a field, if some event that its contract allows can satisfy that."""
    field = field_of(given)
    schema, steps = steps_of(field)
    condition: Any = values
    for step in reversed(steps):
        condition = {step: condition}
    try:
        verdict = satisfiable(EventPattern.parse({"detail": condition}), schema)
    except EventPatternError as error:
        raise DeclarationError(str(error)) from None
    if isinstance(verdict, Dead | OnlyUndeclared):
        msg = f"{field} must be asked what {schema.title} allows: {verdict.reason}"
        raise DeclarationError(msg)
    return dict(condition)
