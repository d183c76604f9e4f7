"""Whether policies let some request through, of all that a question leaves open.

`may account 222222222222 publish?` says neither which event nor by which role. Held against policies as it is, it is
undecided wherever one of them asks for a source. So requests are made up of what the policies themselves speak of: one
that they let through proves that there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS, PUT_RULE
from cdk_eventbridge_patterns.access.applies import applies
from cdk_eventbridge_patterns.access.conditions import operator_of
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.grantee import ANYONE
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.variables import filled
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Undecided

_Value = ContextValue | None

_STRANGER = Principal.of_account("000000000000")
_SOMETHING = "x"

# What follows from who asks: `members_of` sees to it.
_OF_PRINCIPAL = ("aws:principalarn", "aws:principalaccount")

# How many requests are made up before the question is left undecided.
_ENOUGH = 200


def for_some(
    asked: Request,
    statements: Iterable[PolicyStatement],
    decide: Callable[[Request], Decision],
    *,
    of: Principal | None = None,
) -> Decision:
    """Return what is said of the requests that *asked* leaves room for: yes if to one, no if to none, else undecided.

    Args:
        asked: The request. What it leaves open is undecided in what is given with it.

        statements: Where the values are taken from that are tried.

        decide: What says whether a request is let through.

        of: Whom the question names: what is not known of them stays undecided. Default: the one that asks.
    """
    decision = decide(asked)
    if decision.undecided is None:
        return decision
    relevant = [each for each in statements if applies(each, asked).answer is not False]
    return best_of(
        map(decide, islice(_made_up(asked, relevant, _facts(of or asked.principal)), _ENOUGH)), otherwise=decision
    )


def for_somebody(
    principal: Principal,
    ask: Callable[[Principal], Request],
    statements: Sequence[PolicyStatement],
    decide: Callable[[Request], Decision],
) -> Decision:
    """Return as `for_some`, where *principal* may be several: yes if one of them is let in, no if none is."""
    decision = decide(ask(principal))
    if decision.undecided is None:
        return decision
    members = members_of(principal, statements)
    return best_of((for_some(ask(member), statements, decide, of=principal) for member in members), otherwise=decision)


def members_of(principal: Principal, statements: Iterable[PolicyStatement]) -> Iterator[Principal]:
    """Return some of those that *principal* may be: roles and accounts that statements speak of, then any other."""
    if principal.service is None and principal.arn is None:
        for condition in _conditions(statements, "aws:principalarn"):
            roles = (Principal.of_role(value) for value in _fitting(condition, _asked_by(principal)))
            yield from (role for role in roles if principal == ANYONE or _is_in(role, principal))
    if principal != ANYONE:
        yield principal
        return
    for condition in _conditions(statements, "aws:principalaccount"):
        yield from map(Principal.of_account, _fitting(condition, _asked_by(principal)))
    yield _STRANGER


def best_of(decisions: Iterable[Decision], *, otherwise: Decision) -> Decision:
    """Return the first that lets through, else the first that is undecided: it says what else stands in the way."""
    undecided: Decision | None = None
    for decision in decisions:
        if decision.answer is True:
            return decision
        undecided = undecided or (None if decision.undecided is None else decision)
    return undecided or otherwise


def some_text(pattern: str) -> str:
    """Return a text that fits *pattern*, in which `*` and `?` are wildcards."""
    return pattern.replace("*", _SOMETHING).replace("?", _SOMETHING)


def _asked_by(principal: Principal) -> Request:
    return Request(principal=principal, action=PUT_EVENTS, resource="")


def _is_in(role: Principal, account: Principal) -> bool:
    return same(role.account or "", account.account or "") is True


def _facts(principal: Principal) -> tuple[str, ...]:
    """Return the keys that nobody chooses: the organisation of an account, and of a role its tags and such, too."""
    if principal == ANYONE or principal.service is not None:
        return _OF_PRINCIPAL
    return (*_OF_PRINCIPAL, "aws:principalorg") if principal.arn is None else ("aws:principal",)


def _made_up(asked: Request, statements: Sequence[PolicyStatement], facts: tuple[str, ...]) -> Iterator[Request]:
    """Return requests of what one statement speaks of, then of what all do: each value once, then all combined."""
    keys = [key for key in _open_keys(asked, statements) if not key.startswith(facts)]
    known = {key.lower(): value for key, value in asked.given.items() if key.lower() not in keys}
    groups = [*([each] for each in statements if each.allows), statements]
    options = [[list(_options(key, asked, group)) for key in keys] for group in groups]
    for values in chain(*map(_side_by_side, options), product(*options[-1])):
        chosen = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        yield replace(asked, given={**known, **chosen})


def _side_by_side(options: Sequence[Sequence[_Value]]) -> Iterator[tuple[_Value, ...]]:
    """Return every value of every key at least once, beside values of the others."""
    for index in range(max(map(len, options), default=1)):
        yield tuple(values[index % len(values)] for values in options)


def _open_keys(asked: Request, statements: Iterable[PolicyStatement]) -> list[str]:
    keys = [
        *(key.lower() for key in asked.given),
        *(each.key for statement in statements for each in statement.conditions),
    ]
    return [key for key in dict.fromkeys(keys) if isinstance(asked.value_of(key), Undecided)]


def _options(key: str, asked: Request, statements: Sequence[PolicyStatement]) -> Iterator[_Value]:
    """Return what a key may be: what statements hold it to, or else anything, absent, or as undecided as it is."""
    found = (value for condition in _conditions(statements, key) for value in _fitting(condition, asked))
    yield from dict.fromkeys(found)
    if key.startswith("events:"):
        yield None if asked.action == PUT_RULE else _SOMETHING  # only a rule may ask for no source
    else:
        yield asked.value_of(key)


def _conditions(statements: Iterable[PolicyStatement], key: str) -> Iterator[Condition]:
    return (each for statement in statements for each in statement.conditions if each.key == key)


def _fitting(condition: Condition, asked: Request) -> Iterator[str]:
    operator = operator_of(condition.operator)
    if operator.name == "null" or isinstance(condition.values, Undecided):
        return
    for value in condition.values:
        text = filled(value, asked)
        if isinstance(text, str):
            yield some_text(text) if operator.wild else text
