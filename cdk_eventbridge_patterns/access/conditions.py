"""Conditions of policy statements, held against a request, with three answers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from cdk_eventbridge_patterns.access.operators import NEGATED, OPERATORS, WILD, Compare
from cdk_eventbridge_patterns.access.request import Request
from cdk_eventbridge_patterns.access.variables import NO_VALUE, filled
from cdk_eventbridge_patterns.topology.policy_statement import Condition
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of, not_

_IF_EXISTS = "ifexists"


@dataclass(frozen=True)
class Operator:
    """An operator as a policy writes it, such as `ForAllValues:StringNotEqualsIfExists`, taken apart."""

    quantifier: str
    name: str
    if_exists: bool

    @property
    def negated(self) -> bool:
        """Whether it holds where another does not."""
        return self.name in NEGATED

    @cached_property
    def wild(self) -> bool:
        """Whether it reads wildcards."""
        return NEGATED.get(self.name, self.name) in WILD

    @property
    def passes_absent(self) -> bool:
        """Whether it holds for a key that the request lacks."""
        if self.quantifier == "foranyvalue":
            return False
        return self.negated or self.if_exists or self.quantifier == "forallvalues"

    @cached_property
    def compare(self) -> Compare | None:
        """How it compares, before it is negated; nothing where it is unknown."""
        known = self.quantifier in ("", "foranyvalue", "forallvalues")
        return OPERATORS.get(NEGATED.get(self.name, self.name)) if known else None


@lru_cache(maxsize=256)
def operator_of(written: str) -> Operator:
    """Return an operator of a policy, taken apart."""
    quantifier, _, name = written.lower().rpartition(":")
    return Operator(quantifier, name.removesuffix(_IF_EXISTS), name.endswith(_IF_EXISTS))


def holds(condition: Condition, request: Request) -> Answer:
    """Return whether one condition of a statement holds for *request*."""
    operator = operator_of(condition.operator)
    actual = request.value_of(condition.key)
    if isinstance(actual, Undecided):
        return actual
    if operator.name == "null":
        return _is_absent(actual, condition.values)
    if operator.compare is None:
        return Undecided(f"operator {condition.operator} is not one that is understood")
    if actual is None or actual == ():
        return _of_absent(operator)
    if isinstance(condition.values, Undecided):
        return condition.values
    expected = [filled(value, request, wild=operator.wild) for value in condition.values]
    return _compared(operator, operator.compare, actual, expected)


def _is_absent(actual: str | tuple[str, ...] | None, expected: tuple[str, ...] | Undecided) -> Answer:
    if isinstance(expected, Undecided):
        return expected
    absent = "true" if actual is None or actual == () else "false"
    return any_of(same(value.lower(), absent) for value in expected)


def _of_absent(operator: Operator) -> Answer:
    """Return whether a condition holds for a key that the request lacks.

    A negated operator holds, `IfExists` holds, `ForAllValues` holds; all else does not.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """
    if operator.quantifier == "foranyvalue" and operator.if_exists:
        return Undecided("whether ForAnyValue with IfExists holds without the key is not documented")
    return operator.passes_absent


def _compared(
    operator: Operator, compare: Compare, actual: str | tuple[str, ...], expected: list[str | Undecided | None]
) -> Answer:
    """Return whether the values of a key fit what is expected: of several, any, or none where negated."""
    if_empty = NO_VALUE if operator.negated else False

    def fits(value: str) -> Answer:
        found = any_of(
            if_empty if each is None else each if isinstance(each, Undecided) else compare(each, value)
            for each in expected
        )
        return not_(found) if operator.negated else found

    values = (actual,) if isinstance(actual, str) else actual
    if operator.quantifier == "forallvalues":
        # An empty text counts as no value.
        return all_of(any_of((fits(value), same(value, ""))) for value in values)
    if operator.quantifier == "foranyvalue":
        return any_of(map(fits, values))
    return fits(values[0]) if len(values) == 1 else _of_several(operator)


def _of_several(operator: Operator) -> Answer:
    """Return whether an operator for one value holds for several.

    Plain StringEquals is documented to refuse a rule that asks for two sources, each of them allowed.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    if operator.negated:
        return Undecided("what a negated operator says of several values is not documented")
    return False
