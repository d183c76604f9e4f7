"""What is decided about a policy holds whatever its unknown parts turn out to be; a Deny never opens it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_location, queue_arn, role_arn
from cdk_eventbridge_patterns.topology.text import generated, unknown
from cdk_eventbridge_patterns.undecided import Answer, Undecided

LAW = settings(deadline=None, max_examples=400)

_STAGE, _ACCOUNT, _WHO, _MADE_UP = unknown("stage"), unknown("account"), unknown("who"), generated("Stack/Queue")
_SOURCE, _ON_BEHALF, _ABSENT = "events:source", "aws:SourceArn", "events:creatorAccount"

_values = st.fixed_dictionaries(
    {
        _STAGE: st.sampled_from(["orders", "o", "", "*", "SendMessage", "?"]),
        _ACCOUNT: st.sampled_from([ORDERS, BILLING, "333333333333"]),
        _WHO: st.sampled_from(["*", BILLING, f"arn:aws:iam::{BILLING}:root", role_arn(), role_arn("other")]),
        _MADE_UP: st.sampled_from(["Stack-Queue-1A2B3C4D", "Stack-Queue-5E6F"]),
    }
)
_names = st.lists(st.sampled_from(["orders", "o", "*", "?", "-", _STAGE, _MADE_UP]), min_size=1, max_size=3).map(
    "".join
)
_accounts = st.sampled_from([ORDERS, BILLING, _ACCOUNT])
_arns = st.builds(lambda name, account: queue_arn(name, account=account), _names, _accounts)
_principals = st.one_of(
    st.just("*"),
    st.sampled_from(["events.amazonaws.com", "sns.amazonaws.com"]).map(lambda service: {"Service": service}),
    st.lists(
        st.one_of(
            st.sampled_from([BILLING, role_arn(), role_arn(_STAGE), _WHO, f"arn:aws:iam::{_WHO}", f"{_WHO}:root"]),
            _accounts.map(lambda account: f"arn:aws:iam::{account}:root"),
        ),
        min_size=1,
        max_size=2,
    ).map(lambda named: {"AWS": named}),
)
_actions = st.sampled_from(
    [
        "*",
        "sqs:*",
        "sqs:SendMessage",
        "SQS:sendmessage",
        "sqs:Send?essage",
        "sns:*",
        f"sqs:{_STAGE}",
        f"sqs:Send{_STAGE}",
    ]
)
_operators = st.builds(
    lambda quantifier, operator, if_exists: quantifier + operator + if_exists,
    st.sampled_from(["", "", "ForAnyValue:", "ForAllValues:"]),
    st.sampled_from(
        ["StringEquals", "StringNotEquals", "StringLike", "StringEqualsIgnoreCase", "ArnLike", "ArnNotLike"]
    ),
    st.sampled_from(["", "", "IfExists"]),
)
_expected = st.lists(st.one_of(_names, _arns, st.just("${aws:PrincipalAccount}")), max_size=2)
_conditions = st.one_of(
    st.builds(
        lambda operator, key, values: {operator: {key: values}},
        _operators,
        st.sampled_from([_SOURCE, _ON_BEHALF, _ABSENT, "aws:PrincipalAccount"]),
        _expected,
    ),
    st.sampled_from(["true", "false"]).map(lambda absent: {"Null": {_SOURCE: absent}}),
    st.just({}),
)


def _under(values: st.SearchStrategy[Any], *names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda name, value: {name: value}, st.sampled_from(names), values)


_statements = st.builds(
    lambda effect, who, action, resource, condition: {
        "Effect": effect,
        **who,
        **action,
        **resource,
        "Condition": condition,
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.one_of(st.just({"Principal": "*"}), _under(_principals, "Principal", "NotPrincipal")),
    st.one_of(st.just({"Action": "sqs:SendMessage"}), _under(_actions, "Action", "NotAction")),
    st.one_of(st.just({"Resource": "*"}), _under(_arns, "Resource", "NotResource")),
    _conditions,
)
_unread = st.just("unread")
_policies = st.lists(st.one_of(_statements, _statements, _statements, _unread), min_size=1, max_size=3)
_asked_by = st.sampled_from([Principal.of_service(), Principal.of_role(role_arn()), Principal.of_account(BILLING)])
_asked = st.tuples(_asked_by, _arns)
_given = st.fixed_dictionaries(
    {},
    optional={
        _SOURCE: st.one_of(_names, st.lists(_names, max_size=2).map(tuple), st.just(Undecided("it is not known"))),
        _ON_BEHALF: st.one_of(_arns, st.just(Undecided("it is not known"))),
    },
)
_known = st.one_of(st.none(), st.sampled_from(["o", "orders", "*"]), st.just(("o", "orders")))


def _answer(policy: list[Any], asked_by: Principal, resource: str, given_keys: Mapping[str, ContextValue]) -> Answer:
    written = [Undecided("a parameter gives it") if each == "unread" else each for each in policy]
    request = Request(principal=asked_by, action="sqs:SendMessage", resource=resource, given=given_keys)
    return decide(request, statements({"Statement": written}, a_location("Policy"))).answer


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    """Return *value* with the parts that were unknown."""
    text = json.dumps(value, ensure_ascii=False)
    for part, known in values.items():
        text = text.replace(part, known)
    return json.loads(text)


def _filled_keys(
    keys: Mapping[str, ContextValue], values: Mapping[str, str], known: str | tuple[str, ...] | None
) -> dict[str, ContextValue]:
    """Return *keys* with the parts that were unknown; where a whole key was, it is *known*, or absent."""
    decided = {key: known if isinstance(value, Undecided) else value for key, value in keys.items()}
    return {
        key: tuple(_filled(value, values)) if isinstance(value, tuple) else _filled(value, values)
        for key, value in decided.items()
        if value is not None
    }


@LAW
@given(policy=_policies, read=_statements, asked=_asked, keys=_given, values=_values, known=_known)
def test_what_is_decided_stays_so_whatever_the_unknown_turns_out_to_be(
    *,
    policy: list[Any],
    read: dict[str, Any],
    asked: tuple[Principal, str],
    keys: dict[str, ContextValue],
    values: dict[str, str],
    known: str | tuple[str, ...] | None,
) -> None:
    asked_by, resource = asked
    before = _answer(policy, asked_by, resource, keys)

    as_read = [read if each == "unread" else each for each in policy]
    after = _answer(_filled(as_read, values), asked_by, _filled(resource, values), _filled_keys(keys, values, known))

    if isinstance(before, bool) and isinstance(after, bool):
        assert after is before


def _openness(answer: Answer) -> int:
    return 1 if isinstance(answer, Undecided) else 2 * answer


@LAW
@given(_policies, _statements, _asked_by, _arns, _given)
def test_a_statement_more_never_opens_if_it_denies_nor_shuts_if_it_allows(
    policy: list[Any],
    added: dict[str, Any],
    asked_by: Principal,
    resource: str,
    keys: dict[str, ContextValue],
) -> None:
    before = _openness(_answer(policy, asked_by, resource, keys))

    after = _openness(_answer([*policy, added], asked_by, resource, keys))

    assert after <= before if added["Effect"] == "Deny" else after >= before
