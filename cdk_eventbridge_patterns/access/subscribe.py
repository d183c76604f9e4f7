"""Statements that let a consumer put its own rules on a producer's bus.

One statement for each kind of action, because their condition keys differ: a rule's pattern is only known to `PutRule`
and its targets only to `PutTargets`, and a key that is absent must not let anything pass there.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
"""

from __future__ import annotations

from collections.abc import Sequence
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
PURPOSES = ("rules", "targets", "manage")

# On a first PutRule there is no rule yet that could have a creator, and whether the key is there on the other actions
# is not documented: hence IfExists, as in AWS's own examples.
_OWN_RULES = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}


def subscribe_statements(
    bus: BusAddress, naming: NamingConvention, consumer: Consumer, event_types: Sequence[EventType]
) -> list[Statement]:
    """Let *consumer* subscribe its own bus to these events, by rules that carry its name."""
    principal = {"AWS": account_root(consumer.account, region=bus.region)}
    return _statements(
        bus,
        naming,
        scope=[consumer.service, *([] if consumer.qualifier is None else [consumer.qualifier])],
        principal=principal,
        rules=[
            bus.rule_arn(naming.rule_name_prefix(consumer.service) + "*"),
            *map(bus.rule_arn, sorted(consumer.adopted_rules)),
        ],
        receiving_buses=consumer.bus.resolve(naming, bus.region).arn,
        members={},
        event_types=event_types,
    )


def organization_statements(
    bus: BusAddress, naming: NamingConvention, organization_id: str, event_types: Sequence[EventType]
) -> list[Statement]:
    """Let every account of an organisation subscribe buses of its own to these events.

    The policy stays the same size however many subscribe; what is given up is that a rule's name no longer tells
    whose it is: only its creator does.
    """
    own_buses = arn("events", "event-bus/*", region=bus.region, account="${aws:PrincipalAccount}")
    return _statements(
        bus,
        naming,
        scope=["organization"],
        principal="*",
        rules=[bus.rule_arn("*")],
        receiving_buses=own_buses,
        members={"StringEquals": {"aws:PrincipalOrgID": organization_id}},
        event_types=event_types,
    )


def _statements(
    bus: BusAddress,
    naming: NamingConvention,
    *,
    scope: list[str],
    principal: str | dict[str, str],
    rules: Sequence[str],
    receiving_buses: str,
    members: dict[str, dict[str, str]],
    event_types: Sequence[EventType],
) -> list[Statement]:
    def allow(purpose: str, actions: Sequence[str], *conditions: dict[str, dict[str, Any]]) -> Statement:
        return {
            "Sid": naming.statement_id(bus.name, *scope, purpose),
            "Effect": "Allow",
            "Principal": principal,
            "Action": one_or_many(actions),
            "Resource": one_or_many(rules),
            "Condition": _merged(members, _OWN_RULES, *conditions),
        }

    rules_purpose, targets_purpose, manage_purpose = PURPOSES
    return [
        allow(rules_purpose, ["events:PutRule"], *_pattern_conditions(event_types)),
        allow(targets_purpose, ["events:PutTargets"], {"ArnLike": {"events:TargetArn": receiving_buses}}),
        allow(manage_purpose, MANAGE_ACTIONS),
    ]


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


def _merged(*conditions: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for condition in conditions:
        for operator, keys in condition.items():
            merged.setdefault(operator, {}).update(keys)
    return merged
