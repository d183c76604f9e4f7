"""Whether policies let a request through, with three answers and the statement that decided.

Only what AWS documents of the policies that matter to EventBridge; service control policies and session policies are
in no template, so nothing is said of them.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.applies import applies, may_be_about, mismatch
from cdk_eventbridge_patterns.access.principals import without_accounts
from cdk_eventbridge_patterns.access.request import Request
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of


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

    @classmethod
    def unknown(cls, reason: str | Undecided) -> Decision:
        """Return that nobody can say, and why."""
        undecided = Undecided(reason) if isinstance(reason, str) else reason
        return cls(answer=undecided, reason=undecided.reason)

    @property
    def refuses(self) -> bool:
        """Whether it is surely not let through."""
        return self.answer is False

    @property
    def is_denial(self) -> bool:
        """Whether a statement speaks against it, for sure or perhaps: no other can allow it then."""
        return self.statement is not None and self.statement.denies

    @property
    def undecided(self) -> Undecided | None:
        """Why nobody can say, nothing where it is decided."""
        return self.answer if isinstance(self.answer, Undecided) else None


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
        if not may_be_about(statement, request.action):
            continue
        answer = applies(statement, request).answer
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
    near: tuple[int, PolicyStatement] | None = None
    for statement in statements:
        if statement.allows and any("*" in each or each.startswith(service) for each in statement.lower_actions):
            fitting = applies(statement, request).fitting
            if near is None or fitting > near[0]:
                near = fitting, statement
    if near is None:
        return _NOTHING
    fitting, statement = near
    why = mismatch(statement, request, fitting)
    return Decision(answer=False, reason=f"{_named(statement)} does not: {why}", statement=statement)


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


def agreed(decisions: Iterable[Decision], unsaid: str) -> Decision:
    """Return what all of *decisions* say; where they differ, that nobody can say, since *unsaid* decides."""
    first, *others = decisions
    if all(isinstance(each.answer, bool) and each.answer is first.answer for each in (first, *others)):
        return first
    return next((each for each in (first, *others) if each.undecided is not None), Decision.unknown(unsaid))


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
        either = _either(by_identity, decide(request, [without_accounts(each) for each in resource if each.allows]))
        if one_account is True:
            allowed = either
        elif isinstance(one_account, Undecided) and either.answer is not allowed.answer:
            allowed = Decision.unknown(one_account)
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


def _named(statement: PolicyStatement) -> str:
    return f"statement {statement.sid!r}" if statement.sid else f"the statement at {statement.location}"
