"""Faults in who may publish on a bus, and who may put rules on it.

Left out, because the topology stays correct: taking a statement for the bus's own account away or widening its
conditions, since roles of that account act by their own policies; an IfExists operator where AWS documents that the
key is always there (`events:source` on `PutEvents`); `events:*` in a statement whose strict conditions no other
action meets.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World

PUBLISH, RULES, TARGETS, MANAGE = "events:PutEvents", "events:PutRule", "events:PutTargets", "events:DeleteRule"
CREATOR, SOURCE, DETAIL_TYPE, TARGET = (
    f"events:{key}" for key in ("creatorAccount", "source", "detail-type", "TargetArn")
)
STRANGER = "999999999999"


def statements(world: World, *actions: str, own: bool = False) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return the statements of bus policies that allow one of *actions*, those for the bus's own account only if *own*.

    The statement of an inline policy of ours does not exist: all are resources of their own.
    """
    for policy in world.topology.policies:
        if policy.resource_type != "AWS::Events::EventBusPolicy":
            continue
        for statement in policy.statements:
            principals = (statement.principals or {}).get("AWS", ())
            for_others = any(policy.account not in principal for principal in principals)
            if set(actions) & set(statement.actions) and (own or for_others):
                yield world.spot(statement.location), statement


def without_key(spot: Spot, key: str, operators: Iterable[str] = ()) -> Mutant:
    """Return the world without the conditions on *key*, under these operators or all."""
    condition = {
        operator: {
            name: value for name, value in keys.items() if name != key or (operators and operator not in operators)
        }
        for operator, keys in copy.deepcopy(spot.at("Condition").value).items()
    }
    return spot.at("Condition").put({operator: keys for operator, keys in condition.items() if keys})


def _without_policy(world: World, action: str) -> Iterator[Mutant]:
    for spot, _ in statements(world, action):
        yield spot.resource_removed()


@kind("bus policy: the statement that lets an account publish is gone", "access", "topology")
def no_publishing(world: World) -> Iterator[Mutant]:
    yield from _without_policy(world, PUBLISH)


@kind("bus policy: the statement for PutRule is gone", "access", "flow", "topology")
def no_rules(world: World) -> Iterator[Mutant]:
    yield from _without_policy(world, RULES)


@kind("bus policy: the statement for PutTargets is gone", "access", "flow", "topology")
def no_targets(world: World) -> Iterator[Mutant]:
    yield from _without_policy(world, TARGETS)


@kind("bus policy: the statement to manage rules is gone", "access", "flow", "topology")
def no_managing(world: World) -> Iterator[Mutant]:
    """Without DescribeRule and TagResource, CloudFormation can't make the rule."""
    yield from _without_policy(world, MANAGE)


@kind("bus policy: Deny in place of Allow", "access", "flow", "topology")
def denied(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, PUBLISH, RULES, TARGETS, MANAGE):
        yield spot.at("Effect").put("Deny")


@kind("bus policy: the principal is everyone", "access")
def for_everyone(world: World) -> Iterator[Mutant]:
    """Statements that hold to a role or an organisation besides stay closed, so they are left out."""
    for spot, statement in statements(world, PUBLISH, RULES, TARGETS, MANAGE, own=True):
        if not statement.values_of("aws:PrincipalArn") and not statement.values_of("aws:PrincipalOrgID"):
            yield spot.at("Principal").put("*")


@kind("bus policy: the principal is another account", "access", "flow", "topology")
def for_another_account(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, PUBLISH, RULES, TARGETS, MANAGE):
        if statement.principals != {"AWS": ("*",)}:
            yield spot.at("Principal").put({"AWS": f"arn:aws:iam::{STRANGER}:root"})


@kind("bus policy: no condition on events:source", "access")
def any_source(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, PUBLISH, RULES):
        if statement.values_of(SOURCE):
            yield without_key(spot, SOURCE)


@kind("bus policy: PutRule is let through where the rule has no source", "access")
def source_may_be_absent(world: World) -> Iterator[Mutant]:
    """ForAllValues holds where the key is absent, unless Null says otherwise."""
    for spot, _ in statements(world, RULES):
        yield without_key(spot, SOURCE, operators=["Null"])


@kind("bus policy: PutRule by IfExists in place of a strict operator", "access")
def source_if_exists(world: World) -> Iterator[Mutant]:
    """What AWS's public samples have."""
    for spot, statement in statements(world, RULES):
        condition = copy.deepcopy(spot.at("Condition").value)
        del condition["ForAllValues:StringEquals"], condition["Null"]
        condition["StringEqualsIfExists"][SOURCE] = list(statement.values_of(SOURCE))[:1]
        yield spot.at("Condition").put(condition)


@kind("bus policy: no condition on events:detail-type", "access")
def any_detail_type(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, PUBLISH, RULES):
        if statement.values_of(DETAIL_TYPE):
            yield without_key(spot, DETAIL_TYPE)


@kind("bus policy: an account may publish another's source", "access")
def source_of_another(world: World) -> Iterator[Mutant]:
    publishers = [(spot, statement.values_of(SOURCE)) for spot, statement in statements(world, PUBLISH)]
    sources = {source for _, values in publishers for source in values}
    for spot, values in publishers:
        others = sorted(sources - set(values))
        if others:
            yield spot.at("Condition", "StringEquals", SOURCE).put([*values, *others])


@kind("bus policy: the rule's source is not the one that is allowed", "access", "flow", "topology")
def other_source(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, RULES):
        yield spot.at("Condition", "ForAllValues:StringEquals", SOURCE).put(["com.acme.misspelt"])


@kind("bus policy: no condition on events:creatorAccount", "access")
def any_creator(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, RULES, TARGETS, MANAGE):
        yield without_key(spot, CREATOR)


@kind("bus policy: no condition on events:TargetArn", "access")
def any_target(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, TARGETS):
        yield without_key(spot, TARGET)


@kind("bus policy: events:TargetArn by IfExists", "access")
def target_if_exists(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, TARGETS):
        condition = copy.deepcopy(spot.at("Condition").value)
        condition["ArnLikeIfExists"] = condition.pop("ArnLike")
        yield spot.at("Condition").put(condition)


@kind("bus policy: events:TargetArn is another bus", "access", "flow", "topology")
def other_target(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, TARGETS):
        (allowed,) = statement.values_of(TARGET)
        yield spot.at("Condition", "ArnLike", TARGET).put(allowed.replace("event-bus/", "event-bus/another-"))


@kind("bus policy: events:TargetArn is any bus", "access")
def target_anywhere(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, TARGETS):
        yield spot.at("Condition", "ArnLike", TARGET).put("*")


@kind("bus policy: every action, in place of those that manage rules", "access")
def every_action(world: World) -> Iterator[Mutant]:
    """PutRule too, then, and without a condition on what it matches."""
    for spot, _ in statements(world, MANAGE):
        yield spot.at("Action").put("events:*")


@kind("bus policy: PutRule among the actions that manage rules", "access")
def put_rule_unconditionally(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, MANAGE):
        yield spot.at("Action").put([*statement.actions, RULES])


@kind("bus policy: rules of any name", "access")
def rules_of_any_name(world: World) -> Iterator[Mutant]:
    """An organisation's is for any to begin with, and targets can only be put on rules of one's own."""
    for spot, statement in statements(world, RULES, MANAGE):
        if statement.principals != {"AWS": ("*",)}:
            yield spot.at("Resource").put("*")


@kind("bus policy: rules with another prefix", "access", "flow", "topology")
def rules_of_another_name(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, RULES, TARGETS, MANAGE):
        bus = spot.at("Resource").value.rpartition("/")[0]
        yield spot.at("Resource").put(f"{bus}/acme-prod-another--*")


@kind("bus policy: rules of another bus", "access", "flow", "topology")
def rules_of_another_bus(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, RULES, TARGETS, MANAGE):
        place, _, rule = spot.at("Resource").value.rpartition("/")
        yield spot.at("Resource").put(f"{place}-another/{rule}")


@kind("bus policy: any organisation, by a wildcard", "access")
def any_organization(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, PUBLISH, RULES, TARGETS, MANAGE):
        if statement.values_of("aws:PrincipalOrgID"):
            condition = copy.deepcopy(spot.at("Condition").value)
            condition["StringLike"] = {"aws:PrincipalOrgID": "o-*"}
            del condition["StringEquals"]
            yield spot.at("Condition").put(condition)


@kind("bus policy: no condition on the organisation", "access")
def no_organization(world: World) -> Iterator[Mutant]:
    for spot, statement in statements(world, PUBLISH, RULES, TARGETS, MANAGE):
        if statement.values_of("aws:PrincipalOrgID"):
            yield without_key(spot, "aws:PrincipalOrgID")


@kind("bus policy: a statement id is used twice, so one statement replaces the other", "access")
def same_statement_id(world: World) -> Iterator[Mutant]:
    first: dict[tuple[int, Any], Any] = {}
    for spot in world.resources("AWS::Events::EventBusPolicy"):
        taken = first.setdefault((spot.index, spot.at("EventBusName").value), spot.at("StatementId").value)
        if taken != spot.at("StatementId").value:
            yield spot.at("StatementId").put(taken)


@kind("bus policy: the statement is on another bus", "access", "flow", "topology")
def on_another_bus(world: World) -> Iterator[Mutant]:
    for spot, _ in statements(world, PUBLISH, RULES, TARGETS, MANAGE):
        on = Spot(world, spot.index, spot.logical_id, ("Properties", "EventBusName"))
        yield on.put("acme-prod-other" if on.value == "default" else "default")


@kind("bus policy: an inline policy that is open to everyone", "access")
def inline_policy(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.kind is not BusKind.CLASSIC:
            continue
        statement = {
            "Sid": "anyone",
            "Effect": "Allow",
            "Principal": "*",
            "Action": PUBLISH,
            "Resource": bus.arn,
            "Condition": {"StringEquals": {SOURCE: "com.acme.orders"}},
        }
        yield world.spot(bus.location).at("Policy").put({"Version": "2012-10-17", "Statement": [statement]})


@kind("bus policy: longer than its quota", "quotas")
def too_long(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.kind is not BusKind.CLASSIC:
            continue
        statement = {
            "Sid": "many",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{bus.account}:root"},
            "Action": PUBLISH,
            "Resource": bus.arn,
            "Condition": {
                "StringEquals": {SOURCE: "com.acme.many", DETAIL_TYPE: [f"Many{n}.v1" for n in range(1_000)]}
            },
        }
        properties = {"EventBusName": bus.name, "StatementId": "many", "Statement": statement}
        yield world.spot(bus.location).beside(
            {"Many": {"Type": "AWS::Events::EventBusPolicy", "Properties": properties}}
        )
