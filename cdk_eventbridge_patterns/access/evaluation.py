"""Whether policies let a request through, with three answers and the statement that decided.

Only what AWS documents of the policies that matter to EventBridge; service control policies and session policies are
in no template, so nothing is said of them.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from cdk_eventbridge_patterns.access.conditions import filled, holds
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.topology.text import like, same
from cdk_eventbridge_patterns.topology.undecided import Answer, Undecided, all_of, any_of, not_


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What policies say to a request.

    Args:
        answer: Whether it is let through.

        reason: Why, in a sentence for a finding: what decided, or what in the nearest statement did not fit.

        statement: The statement that decided, or that came nearest. Default: none applies at all.
    """

    answer: Answer
    reason: str
    statement: PolicyStatement | None = None

    @property
    def refuses(self) -> bool:
        """Whether it is surely not let through."""
        return self.answer is False

    @property
    def undecided(self) -> Undecided | None:
        """Why nobody can say, nothing where it is decided."""
        return self.answer if isinstance(self.answer, Undecided) else None


class _Part(NamedTuple):
    """One part of a statement, held against a request."""

    answer: Answer
    mismatch: Callable[[], str]


class _Applied(NamedTuple):
    """A whole statement, held against a request."""

    answer: Answer
    fitting: int
    mismatch: Callable[[], str]


def decide(request: Request, statements: Iterable[PolicyStatement]) -> Decision:
    """Return what one policy says: a Deny that applies decides, then an Allow that does; else nothing lets it."""
    considered = list(statements)
    refused: Decision | None = None
    allowed: Decision | None = None
    undecided: Decision | None = None
    for statement in considered:
        if not _may_be_about(statement, request.action):
            continue
        answer = _applies(statement, request).answer
        if answer is True and not statement.allows:
            return Decision(answer=False, reason=f"{_named(statement)} denies it", statement=statement)
        if isinstance(answer, Undecided):
            found = Decision(answer=answer, reason=answer.reason, statement=statement)
            if statement.allows:
                undecided = undecided or found
            else:
                refused = refused or found
        elif answer is True:
            allowed = allowed or Decision(answer=True, reason=f"{_named(statement)} allows it", statement=statement)
    if allowed is not None or undecided is not None:
        return refused or allowed or undecided or _NOTHING
    return _nearest(request, considered)


def _nearest(request: Request, statements: Iterable[PolicyStatement]) -> Decision:
    """Return a refusal that names the statement which comes nearest to allowing it, and what in it does not fit."""
    service = request.action.partition(":")[0]
    near: tuple[int, PolicyStatement, _Applied] | None = None
    for statement in statements:
        if statement.allows and any("*" in each or each.startswith(service) for each in statement.lower_actions):
            applied = _applies(statement, request)
            if near is None or applied.fitting > near[0]:
                near = applied.fitting, statement, applied
    if near is None:
        return _NOTHING
    _, statement, applied = near
    return Decision(answer=False, reason=f"{_named(statement)} does not: {applied.mismatch()}", statement=statement)


_NOTHING = Decision(answer=False, reason="no statement allows it")


def decide_access(
    request: Request,
    *,
    identity: Iterable[PolicyStatement] | None,
    resource: Iterable[PolicyStatement],
    resource_account: str,
    resource_decides: bool = False,
) -> Decision:
    """Return what the policies of an identity and of a resource say together.

    In one account either may allow; across accounts both must. A service has no policy of its own, and what lets a role
    be assumed or a key be used is its own policy alone.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html

    Args:
        request: Who asks for what.

        identity: What the identity may do; None for a service.

        resource: The policy of the resource.

        resource_account: The account of the resource.

        resource_decides: Whether the resource's policy must allow even in one account. Default: it need not.
    """
    by_resource = decide(request, resource)
    if identity is None:
        return by_resource
    by_identity = decide(request, identity)
    for decision in (by_resource, by_identity):
        if decision.refuses and decision.statement is not None and not decision.statement.allows:
            return decision
    one_account = same(request.principal.account or "", resource_account)
    if isinstance(one_account, Undecided):
        return Decision(answer=one_account, reason=one_account.reason)
    if one_account and not resource_decides:
        return _either(by_identity, by_resource)
    return _both(by_identity, by_resource)


def _either(identity: Decision, resource: Decision) -> Decision:
    answer = any_of([identity.answer, resource.answer])
    if answer is True:
        return identity if identity.answer is True else resource
    return next((each for each in (identity, resource) if each.undecided is not None), identity)


def _both(identity: Decision, resource: Decision) -> Decision:
    answer = all_of([identity.answer, resource.answer])
    if answer is True:
        return resource
    return next(each for each in (identity, resource) if each.answer is answer)


def _may_be_about(statement: PolicyStatement, action: str) -> bool:
    """Return quickly whether a statement may be about *action*: most are not."""
    if statement.undecided is not None or not statement.actions:
        return True
    asked = action.lower()
    return any(each == asked or "*" in each or "?" in each or "«" in each for each in statement.lower_actions)


def _applies(statement: PolicyStatement, request: Request) -> _Applied:
    """Return whether a statement applies, how many of its parts fit, and what does not."""
    if statement.undecided is not None:
        return _Applied(statement.undecided, 0, str)
    undecided: Undecided | None = None
    fitting = 0
    for part in _parts(statement, request):
        if part.answer is False:
            return _Applied(False, fitting, part.mismatch)  # noqa: FBT003 - an answer
        if isinstance(part.answer, Undecided) and undecided is None:
            undecided = part.answer
        fitting += 1
    return _Applied(True if undecided is None else undecided, fitting, str)


def _parts(statement: PolicyStatement, request: Request) -> Iterator[_Part]:
    asked = request.principal
    yield _Part(_is_action(statement, request.action), lambda: f"its action is {_listed(statement.actions)}")
    yield _Part(_is_principal(statement, asked), lambda: f"it is for {_principals(statement)}, not {asked}")
    yield _Part(
        _is_resource(statement, request),
        lambda: f"its resource is {_listed(statement.resources)}, not {request.resource}",
    )
    for condition in statement.conditions:
        yield _Part(holds(condition, request), partial(_unmet, condition, request))


def _unmet(condition: Condition, request: Request) -> str:
    expected = condition.values.reason if isinstance(condition.values, Undecided) else _listed(condition.values)
    actual = request.context.get(condition.key, "absent")
    found = actual.reason if isinstance(actual, Undecided) else actual if isinstance(actual, str) else _listed(actual)
    return f"{condition.operator} {condition.key} is {expected}, and that of the request is {found}"


def _is_action(statement: PolicyStatement, action: str) -> Answer:
    if statement.not_actions:
        return not_(any_of(like(each.lower(), action.lower()) for each in statement.not_actions))
    return any_of(like(each, action.lower()) for each in statement.lower_actions)


def _is_principal(statement: PolicyStatement, principal: Principal) -> Answer:
    if statement.not_principals is not None:
        # A role is left out by its ARN and by its account; which of them counts is documented to be easy to get wrong.
        return not_(_is_one_of(statement.not_principals, principal))
    return True if statement.principals is None else _is_one_of(statement.principals, principal)


def _is_one_of(kinds: Mapping[str, tuple[str, ...]], principal: Principal) -> Answer:
    if "*" in kinds.get("AWS", ()) or "*" in kinds.get("*", ()):
        return True
    if principal.service is not None:
        return any_of(like(each, principal.service) for each in kinds.get("Service", ()))
    return any_of(_is_identity(each, principal) for each in kinds.get("AWS", ()))


def _is_identity(named: str, principal: Principal) -> Answer:
    """Return whether *named*, an account, its root or a role, is the principal; the root stands for all of them."""
    parts = named.split(":", 5)
    account = parts[4] if len(parts) > 5 else named  # noqa: PLR2004 - the parts of an ARN
    if len(parts) < 6 or parts[5] == "root":  # noqa: PLR2004
        return same(account, principal.account or "")
    if principal.arn is None:
        in_account = same(account, principal.account or "")
        return Undecided(f"just {named} may ask") if in_account is True else in_account
    return same(named, principal.arn)


def _is_resource(statement: PolicyStatement, request: Request) -> Answer:
    if statement.not_resources:
        return not_(_is_any_resource(statement.not_resources, request))
    if not statement.resources:
        return True  # the trust policy of a role has none
    return _is_any_resource(statement.resources, request)


def _is_any_resource(resources: tuple[str, ...], request: Request) -> Answer:
    patterns = (filled(each, request) for each in resources)
    return any_of(each if isinstance(each, Undecided) else like(each, request.resource) for each in patterns)


def _named(statement: PolicyStatement) -> str:
    return f"statement {statement.sid!r}" if statement.sid else f"the statement at {statement.location}"


def _principals(statement: PolicyStatement) -> str:
    named = [value for values in (statement.principals or {}).values() for value in values]
    return _listed(tuple(named)) if named else "others"


def _listed(values: tuple[str, ...]) -> str:
    return " or ".join(values) if values else "another"
