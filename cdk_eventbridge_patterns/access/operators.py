"""The operators of conditions: each compares what a policy expects with one value of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import partial
from ipaddress import ip_address, ip_network

from cdk_eventbridge_patterns.access.variables import fits
from cdk_eventbridge_patterns.topology.text import is_literal, lowered, same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of

Compare = Callable[[str, str], Answer]


def _ignoring_case(expected: str, actual: str) -> Answer:
    return same(lowered(expected), lowered(actual))


def _arn_fits(expected: str, actual: str) -> Answer:
    """Compare two ARNs part by part: a wildcard does not reach over a colon.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    """
    patterns, parts = expected.split(":", 5), actual.split(":", 5)
    if len(patterns) == len(parts):
        return all_of(map(fits, patterns, parts))
    return False if is_literal(expected) and is_literal(actual) else fits(expected, actual)


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


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "equals": float.__eq__,
    "lessthan": float.__lt__,
    "lessthanequals": float.__le__,
    "greaterthan": float.__gt__,
    "greaterthanequals": float.__ge__,
}

OPERATORS: Mapping[str, Compare] = {
    "stringequals": same,
    "stringequalsignorecase": _ignoring_case,
    "stringlike": fits,
    "arnequals": _arn_fits,
    "arnlike": _arn_fits,
    "bool": _ignoring_case,
    "ipaddress": _in_network,
    **{f"numeric{name}": partial(_number, compare) for name, compare in _COMPARISONS.items()},
    **{f"date{name}": partial(_date, compare) for name, compare in _COMPARISONS.items()},
}
"""By name, in lower case."""

NEGATED: Mapping[str, str] = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
    "notipaddress": "ipaddress",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
}
"""Operators that hold where another does not."""

WILD = frozenset({"stringlike", "arnequals", "arnlike"})
"""Operators that read wildcards."""
