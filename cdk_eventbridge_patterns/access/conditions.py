"""Conditions of policy statements, held against a request, with three answers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import partial
from ipaddress import ip_address, ip_network

from cdk_eventbridge_patterns.access.request import ContextValue, Request
from cdk_eventbridge_patterns.topology.policy_statement import Condition
from cdk_eventbridge_patterns.topology.text import is_literal, like, same
from cdk_eventbridge_patterns.topology.undecided import Answer, Undecided, all_of, any_of, not_

_IF_EXISTS = "IfExists"
_VARIABLE = re.compile(r"\$\{([^},]+)(?:,\s*'([^']*)')?\}")
_ESCAPED = {"*": "*", "?": "?", "$": "$"}

_Compare = Callable[[str, str], Answer]


def holds(condition: Condition, request: Request) -> Answer:
    """Return whether one condition of a statement holds for *request*."""
    quantifier, _, operator = condition.operator.rpartition(":")
    if_exists = operator.endswith(_IF_EXISTS) and operator != "Null"
    name = operator.removesuffix(_IF_EXISTS).lower()
    if isinstance(condition.values, Undecided):
        return condition.values
    actual = request.context.get(condition.key)
    if isinstance(actual, Undecided):
        return actual
    if name == "null":
        return _is_absent(actual, condition.values)
    negated = name in _NEGATED
    compare = _OPERATORS.get(_NEGATED.get(name, name))
    if compare is None:
        return Undecided(f"operator {condition.operator} is not one that is understood")
    if not actual:
        return _of_absent(quantifier, negated=negated, if_exists=if_exists)
    expected = [filled(value, request) for value in condition.values]
    return _compared(quantifier, actual, expected, compare, negated=negated)


def filled(value: str, request: Request) -> str | Undecided:
    """Return a value of a policy with its variables replaced, such as `${aws:PrincipalAccount}`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if "${" not in value:
        return value
    missing: list[Undecided] = []

    def replaced(variable: re.Match[str]) -> str:
        key, default = variable.groups()
        if key in _ESCAPED:
            return _ESCAPED[key]
        actual = request.context.get(key.lower(), default)
        if isinstance(actual, str):
            return actual
        missing.append(actual if isinstance(actual, Undecided) else Undecided(f"the request has no single {key}"))
        return ""

    text = _VARIABLE.sub(replaced, value)
    return missing[0] if missing else text


def _is_absent(actual: ContextValue | None, expected: tuple[str, ...]) -> Answer:
    answers = (same(value.lower(), "true" if actual is None else "false") for value in expected)
    return any_of(answers)


def _of_absent(quantifier: str, *, negated: bool, if_exists: bool) -> bool:
    """Return whether a condition holds for a key that the request lacks.

    A negated operator holds, `IfExists` holds, `ForAllValues` holds; all else does not.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """
    if quantifier == "ForAnyValue":
        return if_exists
    return negated or if_exists or quantifier == "ForAllValues"


def _compared(
    quantifier: str,
    actual: str | tuple[str, ...],
    expected: list[str | Undecided],
    compare: _Compare,
    *,
    negated: bool,
) -> Answer:
    """Return whether the values of a key fit what is expected: of several, any, or none where negated."""

    def fits(value: str) -> Answer:
        found = any_of(each if isinstance(each, Undecided) else compare(each, value) for each in expected)
        return not_(found) if negated else found

    values = (actual,) if isinstance(actual, str) else actual
    if quantifier == "ForAllValues":
        return all_of(map(fits, values))
    if quantifier == "ForAnyValue":
        return any_of(map(fits, values))
    if len(values) > 1:
        # Plain StringEquals is documented to refuse a rule that asks for two sources, each of them allowed.
        # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
        return negated and all_of(map(fits, values))
    return fits(values[0])


def _ignoring_case(compare: _Compare, expected: str, actual: str) -> Answer:
    return compare(_lowered(expected), _lowered(actual))


def _lowered(text: str) -> str:
    """Return *text* in lower case, without what stands for an unknown part."""
    return "".join(part if part.startswith("«") else part.lower() for part in re.split(r"(«[^»]*»)", text))


def _arn_like(expected: str, actual: str) -> Answer:
    """Compare two ARNs part by part: a wildcard does not reach over a colon.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    """
    patterns, parts = expected.split(":", 5), actual.split(":", 5)
    if len(patterns) != len(parts):
        return like(expected, actual) if not (is_literal(expected) and is_literal(actual)) else False
    return all_of(map(like, patterns, parts))


def _number(compare: Callable[[float, float], bool], expected: str, actual: str) -> Answer:
    try:
        return compare(float(actual), float(expected))
    except ValueError:
        return Undecided(f"{expected} and {actual} can't be compared as numbers")


def _date(compare: Callable[[float, float], bool], expected: str, actual: str) -> Answer:
    try:
        return compare(_seconds(actual), _seconds(expected))
    except ValueError:
        return Undecided(f"{expected} and {actual} can't be compared as dates")


def _seconds(text: str) -> float:
    if text.isdecimal():
        return float(text)
    date = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()


def _in_network(expected: str, actual: str) -> Answer:
    try:
        return ip_address(actual) in ip_network(expected, strict=False)
    except ValueError:
        return Undecided(f"{expected} and {actual} can't be compared as addresses")


def _truth(expected: str, actual: str) -> Answer:
    return same(expected.lower(), actual.lower())


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "equals": float.__eq__,
    "lessthan": float.__lt__,
    "lessthanequals": float.__le__,
    "greaterthan": float.__gt__,
    "greaterthanequals": float.__ge__,
}

_OPERATORS: Mapping[str, _Compare] = {
    "stringequals": same,
    "stringequalsignorecase": partial(_ignoring_case, same),
    "stringlike": like,
    "arnequals": _arn_like,
    "arnlike": _arn_like,
    "bool": _truth,
    "ipaddress": _in_network,
    **{f"numeric{name}": partial(_number, compare) for name, compare in _COMPARISONS.items()},
    **{f"date{name}": partial(_date, compare) for name, compare in _COMPARISONS.items()},
}

_NEGATED: Mapping[str, str] = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
    "notipaddress": "ipaddress",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
}
