"""Statements that let a consumer put its own rules on a producer's bus.

One statement for each kind of action, because their condition keys differ: a rule's pattern is only known to `PutRule`
and its targets only to `PutTargets`, and a key that is absent must not let anything pass there.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming.arn import account_root, arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention

# What the CloudFormation handler of AWS::Events::Rule calls besides PutRule and PutTargets.
MANAGE_ACTIONS = (
    "events:DeleteRule",
    "events:DescribeRule",
    "events:DisableRule",
    "events:EnableRule",
    "events:ListTagsForResource",
    "events:ListTargetsByRule",
    "events:RemoveTargets",
    "events:TagResource",
    "events:UntagResource",
)

# What the statements of one consumer are for, in their order.
PURPOSES = _RULES, _TARGETS, _MANAGE = ("rules", "targets", "manage")

# On a first PutRule there is no rule yet that could have a creator, and whether the key is there on the other actions
# is not documented: hence IfExists, as in AWS's own examples.
_OWN_RULES = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}


def subscribe_statements(
    bus: BusAddress, naming: NamingConvention, consumer: Consumer, event_types: Sequence[EventType]
) -> list[Statement]:
    """Let *consumer* subscribe its own bus to these events, by rules that carry its name."""
    return _statements(naming, _of_consumer(bus, naming, consumer), event_types)


def organization_statements(
    bus: BusAddress, naming: NamingConvention, organization_id: str, event_types: Sequence[EventType]
) -> list[Statement]:
    """Let every account of an organisation subscribe buses of its own to these events.

    The policy stays the same size however many subscribe; what is given up is that a rule's name no longer tells
    whose it is: only its creator does.
    """
    return _statements(naming, _of_organization(bus, organization_id), event_types)


def default_bus_statements(
    bus: BusAddress, naming: NamingConvention, owner: str, who: Consumer | str, event_types: Sequence[EventType]
) -> dict[str, Statement]:
    """Let a consumer, or every account of an organisation, take these events of AWS services off a default bus.

    There each source has a `PutRule` statement of its own: one for all would also allow the detail-types of one
    service with the source of another, and rules for two services at once.

    Args:
        bus: The default bus.

        naming: The convention.

        owner: The service whose statements they are: others may have theirs on the same bus, whose ids must differ.

        who: The consumer, or the id of the organisation.

        event_types: The events.

    Returns:
        The statements by what they are for.
    """
    of_one = _of_organization(bus, who) if isinstance(who, str) else _of_consumer(bus, naming, who)
    allowed = replace(of_one, ids=(naming.bus_name(owner), "default"))
    statements: dict[str, Statement] = {}
    for source in sorted({event_type.source for event_type in event_types}):
        purpose = f"{source.replace('.', '-')}-{_RULES}"
        conditions = _pattern_conditions([each for each in event_types if each.source == source])
        statements[purpose] = _allow(naming, allowed, purpose, ["events:PutRule"], *conditions)
    return {**statements, **dict(zip((_TARGETS, _MANAGE), _beside_rules(naming, allowed), strict=True))}


@dataclass(frozen=True, kw_only=True)
class _Allowed:
    """Who is let in, by which rules, to which buses of theirs; `ids` is what the statements' ids begin with."""

    ids: tuple[str, ...]
    scope: tuple[str, ...]
    principal: str | dict[str, str]
    rules: str
    receiving_buses: str
    members: Mapping[str, dict[str, str]] = field(default_factory=dict)


def _of_consumer(bus: BusAddress, naming: NamingConvention, consumer: Consumer) -> _Allowed:
    return _Allowed(
        ids=(bus.name,),
        scope=(consumer.service, *(() if consumer.qualifier is None else (consumer.qualifier,))),
        principal={"AWS": account_root(consumer.account, region=bus.region)},
        rules=bus.rule_arn(naming.rule_name_prefix(consumer.service) + "*"),
        receiving_buses=consumer.bus.resolve(naming, bus.region).arn,
    )


def _of_organization(bus: BusAddress, organization_id: str) -> _Allowed:
    return _Allowed(
        ids=(bus.name,),
        scope=("organization",),
        principal="*",
        rules=bus.rule_arn("*"),
        receiving_buses=arn("events", "event-bus/*", region=bus.region, account="${aws:PrincipalAccount}"),
        members={"StringEquals": {"aws:PrincipalOrgID": organization_id}},
    )


def _statements(naming: NamingConvention, allowed: _Allowed, event_types: Sequence[EventType]) -> list[Statement]:
    to_put = _allow(naming, allowed, _RULES, ["events:PutRule"], *_pattern_conditions(event_types))
    return [to_put, *_beside_rules(naming, allowed)]


def _beside_rules(naming: NamingConvention, allowed: _Allowed) -> list[Statement]:
    to_own_buses = {"ArnLike": {"events:TargetArn": allowed.receiving_buses}}
    return [
        _allow(naming, allowed, _TARGETS, ["events:PutTargets"], to_own_buses),
        _allow(naming, allowed, _MANAGE, MANAGE_ACTIONS),
    ]


def _allow(
    naming: NamingConvention,
    allowed: _Allowed,
    purpose: str,
    actions: Sequence[str],
    *conditions: dict[str, dict[str, Any]],
) -> Statement:
    return {
        "Sid": naming.statement_id(*allowed.ids, *allowed.scope, purpose),
        "Effect": "Allow",
        "Principal": allowed.principal,
        "Action": one_or_many(actions),
        "Resource": allowed.rules,
        "Condition": _merged(allowed.members, _OWN_RULES, *conditions),
    }


def _pattern_conditions(event_types: Sequence[EventType]) -> list[dict[str, dict[str, Any]]]:
    """Return the conditions that hold a rule's pattern to these events.

    `ForAllValues` allows any of several values in one rule, and passes where there is none; `Null` refuses that. The
    truth table is AWS's (eb-use-conditions). How the keys are filled from a pattern that uses operators, such as
    `prefix`, is not documented.
    """
    sources = sorted({event_type.source for event_type in event_types})
    detail_types = sorted({event_type.detail_type for event_type in event_types})
    return [
        {"ForAllValues:StringEquals": {"events:source": sources, "events:detail-type": detail_types}},
        {"Null": {"events:source": "false", "events:detail-type": "false"}},
    ]


def _merged(*conditions: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for condition in conditions:
        for operator, keys in condition.items():
            merged.setdefault(operator, {}).update(keys)
    return merged
