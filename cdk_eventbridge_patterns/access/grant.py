"""What somebody is granted, and by which statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.actions import is_about
from cdk_eventbridge_patterns.access.applies import applies
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.grantee import Grantee, grantees_of
from cdk_eventbridge_patterns.access.in_words import held_to, in_words
from cdk_eventbridge_patterns.access.request import Request
from cdk_eventbridge_patterns.topology.policy_statement import Effect, PolicyStatement


@dataclass(frozen=True, kw_only=True)
class Way:
    """A statement that lets somebody do something, or keeps them from it.

    Args:
        statement: The statement.

        actions: What it is asked about: `events:PutRule`.
    """

    statement: PolicyStatement
    actions: tuple[str, ...]

    @property
    def held_to(self) -> tuple[str, ...]:
        """What it holds them to, or, of a Deny, what it denies, each in words."""
        words = in_words if self.statement.effect is Effect.DENY and self.statement.undecided is None else held_to
        found = dict.fromkeys(said for action in self.actions for said in words(self.statement, action))
        return tuple(sorted(found, key=lambda said: said.startswith("only ")))

    @property
    def names(self) -> tuple[str, ...]:
        """Whom it names."""
        return tuple(grantee.name for grantee in grantees_of(self.statement))


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Whether somebody may do what was asked.

    Args:
        grantee: Who.

        decision: Whether they may, for at least one of all that the question leaves open.

        provided: What it takes to be let in. Default: nothing besides what is asked.

        ways: The statements that let them, each with what it holds them to.

        denials: The statements that take it away again, or part of it.
    """

    grantee: Grantee
    decision: Decision
    provided: str | None = None
    ways: tuple[Way, ...] = ()
    denials: tuple[Way, ...] = ()


def ways_of(requests: Sequence[Request], statements: Iterable[PolicyStatement]) -> tuple[Way, ...]:
    """Return which of *statements* allow one of *requests*, or may, in the order of the requests."""
    return tuple(_ways(requests, [each for each in statements if each.allows]))


def denials_of(requests: Sequence[Request], statements: Iterable[PolicyStatement]) -> tuple[Way, ...]:
    """Return which of *statements* deny one of *requests*, or may."""
    return tuple(_ways(requests, [each for each in statements if each.denies]))


def _ways(requests: Sequence[Request], statements: Iterable[PolicyStatement]) -> list[Way]:
    order = list(dict.fromkeys(each.action for each in requests))
    found = []
    for statement in statements:
        about = {each.action for each in requests if applies(statement, each).answer is not False}
        actions = tuple(action for action in order if action in about)
        if actions:
            found.append(Way(statement=statement, actions=actions))
    return sorted(found, key=lambda way: order.index(way.actions[0]))


def named_for(actions: Sequence[str], statements: Iterable[PolicyStatement]) -> tuple[Grantee, ...]:
    """Return everybody whom *statements* name that allow one of *actions*, or may, each once."""
    about = (each for each in statements if each.allows and _may_be_about_one(each, actions))
    return tuple(dict.fromkeys(grantee for statement in about for grantee in grantees_of(statement)))


def _may_be_about_one(statement: PolicyStatement, actions: Sequence[str]) -> bool:
    return statement.undecided is not None or any(is_about(statement, action) is not False for action in actions)


def own_account_decision(denial: Decision | None) -> Decision:
    """Return what holds for the account of a bus itself: unless the policy denies it, its own IAM decides.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    return denial or Decision(answer=True, reason="the bus is its own, so its own IAM decides")


def undecided_grant(grantee: Grantee, statements: Iterable[PolicyStatement], actions: tuple[str, ...]) -> Grant:
    """Return the grant of somebody of whom nobody can say who they are."""
    named = [each for each in statements if grantee in grantees_of(each)]
    reason = next((each.undecided.reason for each in named if each.undecided is not None), "")
    reason = reason or f"who {grantee.name} is, is not known or not evaluated"
    ways = tuple(Way(statement=each, actions=actions) for each in named if each.undecided is None)
    return Grant(grantee=grantee, decision=Decision.unknown(reason), ways=ways)
