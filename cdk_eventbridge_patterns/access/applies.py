"""One statement held against a request: whether it applies, and what in it does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cdk_eventbridge_patterns.access.actions import is_about
from cdk_eventbridge_patterns.access.conditions import holds
from cdk_eventbridge_patterns.access.principals import means
from cdk_eventbridge_patterns.access.request import ContextValue, Request
from cdk_eventbridge_patterns.access.variables import NO_VALUE, filled, fits
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_


class Applied(NamedTuple):
    """A whole statement, held against a request: whether it applies, and how many parts fit before one does not."""

    answer: Answer
    fitting: int


def may_be_about(statement: PolicyStatement, action: str) -> bool:
    """Return quickly whether a statement may be about *action*: most are not."""
    if statement.undecided is not None or not statement.actions:
        return True
    return statement.has_wide_actions or action.lower() in statement.lower_actions


def applies(statement: PolicyStatement, request: Request) -> Applied:
    """Return whether a statement applies."""
    if statement.undecided is not None:
        return Applied(statement.undecided, 0)
    undecided = statement.conditional
    fitting = 0
    for answer in _answers(statement, request):
        if answer is False:
            return Applied(False, fitting)  # noqa: FBT003 - an answer
        if isinstance(answer, Undecided) and undecided is None:
            undecided = answer
        fitting += 1
    return Applied(True if undecided is None else undecided, fitting)


def _answers(statement: PolicyStatement, request: Request) -> Iterator[Answer]:
    """Return of each part of a statement whether it fits."""
    yield is_about(statement, request.action)
    yield means(statement, request.principal)
    yield _is_resource(statement, request)
    for condition in statement.conditions:
        yield holds(condition, request)


def mismatch(statement: PolicyStatement, request: Request, fitting: int) -> str:
    """Return what does not fit in a statement, of which so many parts do."""
    parts = [
        f"its action is {_listed(statement.actions)}",
        f"it is for {_principals(statement)}, not {request.principal}",
        f"its resource is {_listed(statement.resources)}, not {request.resource}",
        *(_unmet(condition, request) for condition in statement.conditions),
    ]
    return parts[fitting]


def _unmet(condition: Condition, request: Request) -> str:
    actual = request.value_of(condition.key)
    found = "absent" if actual is None else _said(actual)
    return f"{condition.operator} {condition.key} is {_said(condition.values)}, and that of the request is {found}"


def _is_resource(statement: PolicyStatement, request: Request) -> Answer:
    if statement.not_resources:
        return not_(_is_any_resource(statement.not_resources, request, if_empty=NO_VALUE))
    if not statement.resources:
        return True  # the trust policy of a role has none
    return _is_any_resource(statement.resources, request, if_empty=False)


def _is_any_resource(resources: tuple[str, ...], request: Request, *, if_empty: Answer) -> Answer:
    """Return whether one of *resources* is meant, *if_empty* for one with a variable that has no value."""
    patterns = (filled(each, request, wild=True) for each in resources)
    return any_of(
        if_empty if each is None else each if isinstance(each, Undecided) else fits(each, request.resource)
        for each in patterns
    )


def _principals(statement: PolicyStatement) -> str:
    named = [value for values in (statement.principals or {}).values() for value in values]
    return _listed(tuple(named)) if named else "others"


def _listed(values: tuple[str, ...]) -> str:
    return " or ".join(values) if values else "another"


def _said(value: ContextValue) -> str:
    if isinstance(value, Undecided):
        return value.reason
    return value if isinstance(value, str) else _listed(value)
