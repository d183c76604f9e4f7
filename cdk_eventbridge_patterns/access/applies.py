"""One statement held against a request: whether it applies, and what in it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from cdk_eventbridge_patterns.access.actions import is_about
from cdk_eventbridge_patterns.access.conditions import holds
from cdk_eventbridge_patterns.access.principals import means
from cdk_eventbridge_patterns.access.request import ContextValue, Request
from cdk_eventbridge_patterns.access.variables import NO_VALUE, filled, fits
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_


class _Part(NamedTuple):
    """One part of a statement, held against a request."""

    answer: Answer
    mismatch: Callable[[], str]


class Applied(NamedTuple):
    """A whole statement, held against a request."""

    answer: Answer
    fitting: int
    mismatch: Callable[[], str]


def may_be_about(statement: PolicyStatement, action: str) -> bool:
    """Return quickly whether a statement may be about *action*: most are not."""
    if statement.undecided is not None or not statement.actions:
        return True
    return statement.has_wide_actions or action.lower() in statement.lower_actions


def applies(statement: PolicyStatement, request: Request) -> Applied:
    """Return whether a statement applies, how many of its parts fit, and what does not."""
    if statement.undecided is not None:
        return Applied(statement.undecided, 0, str)
    undecided = statement.conditional
    fitting = 0
    for part in _parts(statement, request):
        if part.answer is False:
            return Applied(False, fitting, part.mismatch)  # noqa: FBT003 - an answer
        if isinstance(part.answer, Undecided) and undecided is None:
            undecided = part.answer
        fitting += 1
    return Applied(True if undecided is None else undecided, fitting, str)


def _parts(statement: PolicyStatement, request: Request) -> Iterator[_Part]:
    asked = request.principal
    yield _Part(is_about(statement, request.action), lambda: f"its action is {_listed(statement.actions)}")
    yield _Part(means(statement, asked), lambda: f"it is for {_principals(statement)}, not {asked}")
    yield _Part(
        _is_resource(statement, request),
        lambda: f"its resource is {_listed(statement.resources)}, not {request.resource}",
    )
    for condition in statement.conditions:
        yield _Part(holds(condition, request), partial(_unmet, condition, request))


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
