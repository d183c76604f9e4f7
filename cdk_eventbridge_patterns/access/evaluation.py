"""Whether policies let a request through, with three answers and the statement that decided.

Only what AWS documents of the policies that matter to EventBridge; service control policies and session policies are
in no template, so nothing is said of them.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from cdk_eventbridge_patterns.access.conditions import holds
from cdk_eventbridge_patterns.access.operators import lowered
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.variables import NO_VALUE, filled, fits
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.topology.text import is_literal, like, same
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
    against, allowed = _outcome(request, list(statements))
    return _weighed([against], allowed)


def denied(request: Request, statements: Iterable[PolicyStatement]) -> Decision | None:
    """Return what speaks against a request: a Deny that applies, else one that may; nothing where there is none."""
    return _sides(request, statements)[0]


def _outcome(request: Request, statements: Sequence[PolicyStatement]) -> tuple[Decision | None, Decision]:
    against, allowed = _sides(request, statements)
    return against, allowed or _nearest(request, statements)


def _sides(request: Request, statements: Iterable[PolicyStatement]) -> tuple[Decision | None, Decision | None]:
    """Return what speaks against a request in one policy, and what for it: for sure, else perhaps."""
    against: Decision | None = None
    allowed: Decision | None = None
    for statement in statements:
        if not _may_be_about(statement, request.action):
            continue
        answer = _applies(statement, request).answer
        if answer is False:
            continue
        if statement.denies and (against is None or (answer is True and against.answer is not False)):
            against = _denial(statement, answer)
        if statement.allows and (allowed is None or (answer is True and allowed.answer is not True)):
            allowed = _permission(statement, answer)
    return against, allowed


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


def _denial(statement: PolicyStatement, applies: Answer) -> Decision:
    if isinstance(applies, Undecided):
        return Decision(answer=applies, reason=applies.reason, statement=statement)
    return Decision(answer=False, reason=f"{_named(statement)} denies it", statement=statement)


def _permission(statement: PolicyStatement, applies: Answer) -> Decision:
    reason = applies.reason if isinstance(applies, Undecided) else f"{_named(statement)} allows it"
    return Decision(answer=applies, reason=reason, statement=statement)


def _weighed(denials: Iterable[Decision | None], allowed: Decision) -> Decision:
    """Return what decides: a Deny for sure; what is not allowed; a Deny perhaps; what is allowed."""
    found = [denial for denial in denials if denial is not None]
    for denial in found:
        if denial.refuses:
            return denial
    return found[0] if found and not allowed.refuses else allowed


_NOTHING = Decision(answer=False, reason="no statement allows it")


def decide_access(
    request: Request,
    *,
    identity: Sequence[PolicyStatement] | None,
    resource: Sequence[PolicyStatement],
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
    against_resource, by_resource = _outcome(request, resource)
    if identity is None:
        return _weighed([against_resource], by_resource)
    against_identity, by_identity = _outcome(request, identity)
    allowed = _both(by_identity, by_resource)
    if not resource_decides:
        one_account = same(request.principal.account or "", resource_account)
        either = _either(by_identity, decide(request, [_naming_it(each) for each in resource if each.allows]))
        if one_account is True:
            allowed = either
        elif isinstance(one_account, Undecided) and either.answer is not allowed.answer:
            allowed = Decision(answer=one_account, reason=one_account.reason)
    return _weighed([against_resource, against_identity], allowed)


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


def _naming_it(statement: PolicyStatement) -> PolicyStatement:
    """Return *statement* without the accounts it allows: in one account, that just leaves it to the account's own IAM.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
    """
    if statement.denies or statement.principals is None:
        return statement
    named = {
        kind: tuple(each for each in values if not _is_account(each)) for kind, values in statement.principals.items()
    }
    return replace(statement, principals=named)


def _is_account(named: str) -> bool:
    return named.endswith(":root") or named.isdecimal()


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
    actual = request.value_of(condition.key)
    found = "absent" if actual is None else _said(actual)
    return f"{condition.operator} {condition.key} is {_said(condition.values)}, and that of the request is {found}"


def _is_action(statement: PolicyStatement, action: str) -> Answer:
    asked = action.lower()
    if statement.not_actions:
        return not_(any_of(like(lowered(each), asked) for each in statement.not_actions))
    return any_of(like(lowered(each), asked) for each in statement.actions)


def _is_principal(statement: PolicyStatement, principal: Principal) -> Answer:
    if statement.not_principals is not None:
        return _is_none_of(statement.not_principals, principal)
    return True if statement.principals is None else _is_one_of(statement.principals, principal)


def _is_none_of(kinds: Mapping[str, tuple[str, ...]], principal: Principal) -> Answer:
    """Return whether `NotPrincipal` means *principal*: a role is left out for sure if its account is named, too.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    if principal.arn is None or _is_everyone(kinds) is True:
        return not_(_is_one_of(kinds, principal))
    named = kinds.get("AWS", ())
    role = any_of(_is_identity(each, principal) for each in named if not _is_account(each))
    account = any_of(_is_identity(each, principal) for each in named if _is_account(each))
    if role is False and account is False:
        return not_(_is_everyone(kinds))
    if role is True and account is True:
        return False
    return Undecided(f"NotPrincipal names not both {principal} and its account")


def _is_one_of(kinds: Mapping[str, tuple[str, ...]], principal: Principal) -> Answer:
    everyone = _is_everyone(kinds)
    if everyone is True:
        return True
    if principal.service is not None:
        named = any_of(like(each, principal.service) for each in kinds.get("Service", ()))
    else:
        named = any_of(_is_identity(each, principal) for each in kinds.get("AWS", ()))
    return any_of((named, everyone))


def _is_everyone(kinds: Mapping[str, tuple[str, ...]]) -> Answer:
    return any_of(same(each, "*") for kind in ("AWS", "*") for each in kinds.get(kind, ()))


def _is_identity(named: str, principal: Principal) -> Answer:
    """Return whether *named*, an account, its root or a role, is the principal; the root stands for all of them."""
    asking = principal.account or ""
    parts = named.split(":", 5)
    if len(parts) < 6 and not is_literal(named):  # noqa: PLR2004 - the parts of an ARN
        return _may_be_identity(named, principal)
    account = parts[4] if len(parts) > 5 else named  # noqa: PLR2004
    if len(parts) < 6 or parts[5] == "root":  # noqa: PLR2004
        return same(account, asking)
    if principal.arn is None:
        in_account = same(account, asking)
        return Undecided(f"just {named} may ask") if in_account is True else in_account
    return same(named, principal.arn)


def _may_be_identity(named: str, principal: Principal) -> Answer:
    """Return whether a text that is no whole ARN yet may turn out to mean the principal."""
    root = like(f"arn:*:iam::{principal.account}:root", named)
    arn = like(f"arn:*:{principal.account}:*", named) if principal.arn is None else same(named, principal.arn)
    return any_of((same(named, principal.account or ""), root, arn))


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


def _named(statement: PolicyStatement) -> str:
    return f"statement {statement.sid!r}" if statement.sid else f"the statement at {statement.location}"


def _principals(statement: PolicyStatement) -> str:
    named = [value for values in (statement.principals or {}).values() for value in values]
    return _listed(tuple(named)) if named else "others"


def _listed(values: tuple[str, ...]) -> str:
    return " or ".join(values) if values else "another"


def _said(value: ContextValue) -> str:
    if isinstance(value, Undecided):
        return value.reason
    return value if isinstance(value, str) else _listed(value)
