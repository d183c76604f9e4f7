"""Small topologies of acme's, made at random, some of whose parts nobody knows beforehand.

A topology is drawn as plain data, so that the unknown parts of it can be replaced by what they turn out to be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_key,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.text import is_literal, unknown
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

Drawn = dict[str, list[dict[str, Any]]]
"""What is in a topology, by kind."""

FAR = "us-east-1"
EVENT = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"total": 3}}
READ = frozenset((account, region) for account in (ORDERS, BILLING) for region in (REGION, FAR))

_STAGE, _SOURCE, _IS_MADE, _IS_ON = map(unknown, ("stage", "source", "is made", "is on"))
_YES, _NO = "yes", "no"

VALUES = st.fixed_dictionaries(
    {
        _STAGE: st.sampled_from(["prod", "dev", ""]),
        _SOURCE: st.sampled_from(["com.acme.orders", "com.acme.billing"]),
        _IS_MADE: st.sampled_from([_YES, _NO]),
        _IS_ON: st.sampled_from([_YES, _NO]),
    }
)

HERE = bus_arn("acme-prod-orders")

_accounts = st.sampled_from([ORDERS, BILLING])
_made = st.sampled_from([_YES, _YES, _YES, _IS_MADE])
_stages = st.sampled_from([*["prod"] * 5, _STAGE])
_bus_arns = st.builds(
    lambda stage, account, region: bus_arn(f"acme-{stage}-orders", account=account, region=region),
    _stages,
    _accounts,
    st.sampled_from([REGION, REGION, FAR]),
)
_queue_arns = st.builds(lambda stage, account: queue_arn(f"acme-{stage}-lost", account=account), _stages, _accounts)
_patterns = st.sampled_from(
    [
        *[{"source": ["com.acme.orders"]}] * 4,
        {"source": [_SOURCE]},
        {"source": ["com.acme.billing", _SOURCE]},
        {"source": ["com.acme.billing"]},
        {"account": [ORDERS], "detail": {"total": [{"numeric": [">", 2]}]}},
        {"detail": {"coupon": [{"exists": False}]}},
        {"time": [{"prefix": "2026"}]},
        {"$or": [{"source": [_SOURCE]}, {"detail": {"total": [4]}}]},
    ]
)


def _role_arns(account: str) -> st.SearchStrategy[str]:
    return st.builds(lambda stage: role_arn(f"acme-{stage}", account=account), _stages)


def _targets(account: str) -> st.SearchStrategy[dict[str, Any]]:
    by_role = st.fixed_dictionaries(
        {"arn": _bus_arns, "role_arn": _role_arns(account)}, optional={"dead_letter_arn": _queue_arns}
    )
    either = st.fixed_dictionaries(
        {"arn": st.one_of(_bus_arns, _queue_arns)},
        optional={"role_arn": _role_arns(account), "dead_letter_arn": _queue_arns},
    )
    return st.one_of(by_role, either)


def _rules(account: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "on": st.one_of(
                st.just(HERE), st.just(HERE), st.just(bus_arn("acme-prod-orders", account=account)), _bus_arns
            ),
            "account": st.just(account),
            "event_pattern": _patterns,
            "enabled": st.sampled_from([_YES, _YES, _YES, _IS_ON, _NO]),
            "made": _made,
            "targets": st.lists(_targets(account), min_size=1, max_size=2),
        }
    )


_principals = st.sampled_from(
    [
        "*",
        {"Service": "events.amazonaws.com"},
        {"AWS": [f"arn:aws:iam::{ORDERS}:root", f"arn:aws:iam::{BILLING}:root"]},
        {"AWS": role_arn("acme-prod", account=ORDERS)},
        {"AWS": role_arn(f"acme-{_STAGE}", account=BILLING)},
    ]
)
_conditions = st.sampled_from(
    [
        *[{}] * 3,
        {"StringEquals": {"events:source": "com.acme.orders"}},
        {"StringEquals": {"events:source": _SOURCE}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:events:*:{ORDERS}:rule/*"}},
        {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}},
    ]
)
_actions = st.sampled_from(["*", "events:*", "events:PutEvents", "sqs:SendMessage", "kms:*"])


def statements(effects: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return statements of the policies of resources."""
    parts = {"Effect": effects, "Principal": _principals, "Action": _actions, "Condition": _conditions}
    return st.fixed_dictionaries({**parts, "Resource": st.just("*")})


_EITHER = st.sampled_from(["Allow", "Allow", "Deny"])
_policies = st.fixed_dictionaries(
    {"on": st.one_of(st.just(HERE), _bus_arns, _queue_arns), "statements": st.lists(statements(_EITHER), max_size=2)}
)
_permissions = st.fixed_dictionaries({"Effect": _EITHER, "Action": _actions, "Resource": st.just("*")})
_more_roles = st.fixed_dictionaries(
    {
        "arn": _accounts.flatmap(_role_arns),
        "permissions": st.lists(_permissions, max_size=2),
        "made": _made,
    }
)
_keys_used = st.sampled_from([None, None, "1234"])
_more_buses = st.fixed_dictionaries({"arn": _bus_arns, "made": _made, "key": _keys_used})
_more_queues = st.fixed_dictionaries({"arn": _queue_arns, "made": _made, "key": _keys_used})
_keys = st.fixed_dictionaries({"account": _accounts, "statements": st.lists(statements(_EITHER), max_size=2)})

_ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
_PLACES = [
    HERE,
    bus_arn("acme-prod-orders", account=BILLING),
    bus_arn("acme-prod-orders", region=FAR),
    queue_arn("acme-prod-lost", account=ORDERS),
    queue_arn("acme-prod-lost", account=BILLING),
]
_OPEN: Drawn = {
    "buses": [{"arn": arn, "made": _YES, "key": None} for arn in _PLACES[:3]],
    "queues": [{"arn": arn, "made": _YES, "key": None} for arn in _PLACES[3:]],
    "roles": [
        {
            "arn": role_arn("acme-prod", account=account),
            "permissions": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
            "made": _YES,
        }
        for account in (ORDERS, BILLING)
    ],
    "policies": [{"on": arn, "statements": [_ALLOW]} for arn in _PLACES],
    "keys": [],
    "rules": [],
}


def _with_more(left_out: set[tuple[str, int]], more: Drawn) -> Drawn:
    """Return what lets everything pass, save what is left out, with more of all."""
    return {
        kind: [each for place, each in enumerate(_OPEN[kind]) if (kind, place) not in left_out] + more[kind]
        for kind in _OPEN
    }


def can_be(drawn: Drawn) -> bool:
    """Return whether no two elements have one name, as CloudFormation sees to."""
    arns = [each["arn"] for kind in ("buses", "queues", "roles") for each in _of(drawn, kind)]
    accounts = [each["account"] for each in drawn["keys"]]
    return len(set(arns)) == len(arns) and len(set(accounts)) == len(accounts)


def _of(drawn: Drawn, kind: str) -> list[dict[str, Any]]:
    return [each for each in drawn[kind] if each["made"] != _NO]


TOPOLOGIES: st.SearchStrategy[Drawn] = st.builds(
    _with_more,
    st.sets(
        st.sampled_from([(kind, place) for kind in _OPEN for place in range(len(_OPEN[kind]))]),
        max_size=2,
    ),
    st.fixed_dictionaries(
        {
            "buses": st.lists(_more_buses, max_size=1),
            "queues": st.lists(_more_queues, max_size=1),
            "roles": st.lists(_more_roles, max_size=1),
            "policies": st.lists(_policies, max_size=2),
            "keys": st.lists(_keys, max_size=1),
            "rules": st.lists(_accounts.flatmap(_rules), min_size=2, max_size=4),
        }
    ),
).filter(can_be)


def filled(drawn: Drawn, values: Mapping[str, str]) -> Drawn:
    """Return what was drawn with the parts that were unknown."""
    text = json.dumps(drawn, ensure_ascii=False)
    for part, value in values.items():
        text = text.replace(part, value)
    found: Drawn = json.loads(text)
    return found


def topology(drawn: Drawn) -> Topology:
    """Return the topology that was drawn."""
    return a_topology(*_resources(drawn), *_all_rules(drawn), environments=READ)


def _resources(drawn: Drawn) -> list[Element]:
    found: list[Element] = []
    for bus in _of(drawn, "buses"):
        _, _, _, region, account, name = bus["arn"].split(":", 5)
        key = None if bus["key"] is None else key_arn(bus["key"], account=account, region=region)
        found.append(
            a_bus(name.partition("/")[2], account=account, region=region, key_arn=key, conditional=_maybe(bus))
        )
    for queue in _of(drawn, "queues"):
        *_, account, name = queue["arn"].split(":")
        found.append(a_queue(name, account=account, key=queue["key"], conditional=_maybe(queue)))
    for role in _of(drawn, "roles"):
        name = role["arn"].rpartition("/")[2]
        account = role["arn"].split(":")[4]
        found.append(a_role(name, *role["permissions"], account=account, conditional=_maybe(role)))
    found += [a_policy(each["on"], *each["statements"]) for each in drawn["policies"]]
    found += [a_key("1234", *each["statements"], account=each["account"]) for each in drawn["keys"]]
    return found


def _all_rules(drawn: Drawn) -> list[Element]:
    return [
        a_rule(
            *(
                a_target(id=f"t{place}", target_arn=target["arn"], **_options(target))
                for place, target in enumerate(rule["targets"])
            ),
            name=f"acme-prod-rule-{number}",
            on=rule["on"],
            account=rule["account"],
            event_pattern=rule["event_pattern"],
            enabled=_answer(rule["enabled"]),
            conditional=_maybe(rule),
        )
        for number, rule in enumerate(_of(drawn, "rules"))
    ]


def _options(target: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in target.items() if name != "arn"}


def _maybe(drawn: dict[str, Any]) -> Undecided | None:
    return None if is_literal(drawn["made"]) else Undecided(drawn["made"])


def _answer(drawn: str) -> bool | Undecided:
    return drawn == _YES if is_literal(drawn) else Undecided(drawn)
