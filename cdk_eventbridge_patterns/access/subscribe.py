"""Statements that let a consumer put its own rules on a producer's bus.

One statement for each kind of action, because their condition keys differ: a rule's pattern is only known to `PutRule`
and its targets only to `PutTargets`, and a key that is absent must not let anything pass there.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import Arn, account_root, partition_of
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention

Condition: TypeAlias = dict[str, dict[str, Any]]

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

_RULES = "rules"

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9]+")

# On a first PutRule there is no rule yet that could have a creator, and whether the key is there on the other actions
# is not documented: hence IfExists, as in AWS's own examples.
_OWN_RULES = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}


def subscribe_statements(
    bus: BusAddress,
    naming: NamingConvention,
    consumer: Consumer,
    event_types: Sequence[EventType],
    carried: Collection[EventType] = (),
) -> dict[str, Statement]:
    """Let *consumer* subscribe its own bus to these events, by rules that carry its name.

    Args:
        bus: The bus that the rules are put on.

        naming: The convention that names the consumer's bus and rules.

        consumer: Who it is.

        event_types: The events it may take.

        carried: What else is on the bus, which it may not take. Default: nothing.

    Returns:
        The statements by what each is for: `rules`, `targets` and `manage`.
    """
    groups = _groups(event_types, carried)
    patterns = {
        _RULES if len(groups) == 1 else f"{_RULES}-{_word(source, naming)}": _pattern_conditions(group)
        for source, group in groups.items()
    }
    return _statements(naming, _of_consumer(bus, naming, consumer), patterns)


def organization_statements(
    bus: BusAddress, naming: NamingConvention, organization_id: str, event_types: Sequence[EventType]
) -> dict[str, Statement]:
    """Let every account of an organisation subscribe buses of its own, in any Region, to these events.

    The policy stays the same size however many subscribe; what is given up is that a rule's name no longer tells
    whose it is: only its creator does.
    """
    return _statements(naming, _of_organization(bus, organization_id), {_RULES: _pattern_conditions(event_types)})


def organization_statements_for_sources(
    bus: BusAddress, naming: NamingConvention, organization_id: str, sources: Sequence[str]
) -> dict[str, Statement]:
    """Let every account of an organisation subscribe buses of its own to all events of *sources*, wildcards allowed.

    So the policy stays the same size however many publish, too; a rule must still name source and detail-type.
    """
    conditions: list[Condition] = [{"ForAllValues:StringLike": {"events:source": list(sources)}}, _NAMED]
    return _statements(naming, _of_organization(bus, organization_id), {_RULES: conditions})


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
    allowed = _of_organization(bus, who) if isinstance(who, str) else _of_consumer(bus, naming, who)
    patterns = {
        f"{_RULES}-{_word(source, naming)}": _pattern_conditions(group)
        for source, group in sorted(_by_source(event_types).items())
    }
    return _statements(naming, replace(allowed, ids=(naming.bus_name(owner), "default")), patterns)


@dataclass(frozen=True, kw_only=True)
class _Allowed:
    """Who is let in, by which rules, to which buses of theirs; `ids` is what the statements' ids begin with."""

    ids: tuple[str, ...]
    scope: tuple[str, ...]
    principal: str | dict[str, str]
    rules: Sequence[str]
    receiving_buses: str
    members: Condition = field(default_factory=dict)


def _of_consumer(bus: BusAddress, naming: NamingConvention, consumer: Consumer) -> _Allowed:
    return _Allowed(
        ids=(bus.name,),
        scope=(consumer.service, *(() if consumer.qualifier is None else (consumer.qualifier,))),
        principal={"AWS": account_root(consumer.account, region=bus.region)},
        rules=[
            bus.rule_arn(naming.rule_name_prefix(consumer.service) + "*"),
            *map(bus.rule_arn, sorted(consumer.adopted_rules)),
        ],
        receiving_buses=consumer.bus.resolve(naming, bus.region).arn,
    )


def _of_organization(bus: BusAddress, organization_id: str) -> _Allowed:
    return _Allowed(
        ids=(bus.name,),
        scope=("organization",),
        principal="*",
        rules=[bus.rule_arn("*")],
        receiving_buses=str(Arn(partition_of(bus.region), "events", "*", "${aws:PrincipalAccount}", "event-bus/*")),
        members={"StringEquals": {"aws:PrincipalOrgID": organization_id}},
    )


def _groups(event_types: Sequence[EventType], carried: Collection[EventType]) -> dict[str, list[EventType]]:
    """Return *event_types* in one group, or by source where one statement would allow more.

    A condition holds sources and detail-types each by themselves, so it allows every pair of them: also one that the
    bus carries and the consumer was not allowed.
    """
    by_source = _by_source(event_types)
    detail_types = {event_type.detail_type for event_type in event_types}
    others = {*carried} - {*event_types}
    if any(each.source in by_source and each.detail_type in detail_types for each in others):
        return dict(sorted(by_source.items()))
    return {"": list(event_types)}


def _by_source(event_types: Sequence[EventType]) -> dict[str, list[EventType]]:
    by_source: dict[str, list[EventType]] = {}
    for event_type in event_types:
        by_source.setdefault(event_type.source, []).append(event_type)
    return by_source


def _word(source: str, naming: NamingConvention) -> str:
    """Return what tells the statement about *source* apart: the service, where the convention made it."""
    with suppress(NamingError):
        source = naming.parse_source(source)
    return _NOT_IN_IDS.sub("-", source)


def _statements(
    naming: NamingConvention, allowed: _Allowed, patterns: Mapping[str, Sequence[Condition]]
) -> dict[str, Statement]:
    def allow(purpose: str, actions: Sequence[str], *conditions: Condition) -> Statement:
        return {
            "Sid": naming.statement_id(*allowed.ids, *allowed.scope, purpose),
            "Effect": "Allow",
            "Principal": allowed.principal,
            "Action": one_or_many(actions),
            "Resource": one_or_many(allowed.rules),
            "Condition": _merged(allowed.members, _OWN_RULES, *conditions),
        }

    to_own_buses = {"ArnLike": {"events:TargetArn": allowed.receiving_buses}}
    return {
        **{purpose: allow(purpose, ["events:PutRule"], *conditions) for purpose, conditions in patterns.items()},
        "targets": allow("targets", ["events:PutTargets"], to_own_buses),
        "manage": allow("manage", MANAGE_ACTIONS),
    }


# A pattern that names no source, or no detail-type, matches what nobody meant.
_NAMED: Condition = {"Null": {"events:source": "false", "events:detail-type": "false"}}


def _pattern_conditions(event_types: Sequence[EventType]) -> list[Condition]:
    """Return the conditions that hold a rule's pattern to these events.

    `ForAllValues` allows any of several values in one rule, and passes where there is none; `Null` refuses that. The
    truth table is AWS's (eb-use-conditions). How the keys are filled from a pattern that uses operators, such as
    `prefix`, is not documented.
    """
    sources = sorted({event_type.source for event_type in event_types})
    detail_types = sorted({event_type.detail_type for event_type in event_types})
    return [{"ForAllValues:StringEquals": {"events:source": sources, "events:detail-type": detail_types}}, _NAMED]


def _merged(*conditions: Condition) -> Condition:
    merged: Condition = {}
    for condition in conditions:
        for operator, keys in condition.items():
            merged.setdefault(operator, {}).update(keys)
    return merged
