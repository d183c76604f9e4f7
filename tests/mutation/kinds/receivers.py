"""Faults in what lets EventBridge into queues, topics, functions, log groups and streams.

Left out: topics and functions as dead-letter queues (see there), and statements that only forbid plain HTTP.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from tests.mutation.kind import kind
from tests.mutation.kinds.targets import with_part
from tests.mutation.world import Mutant, Spot, World

POLICIES = (
    "AWS::SQS::QueuePolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::Lambda::Permission",
    "AWS::Logs::ResourcePolicy",
    "AWS::Kinesis::ResourcePolicy",
)
REFUSED = ("delivery", "flow", "topology")


def lets_in(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return the statements that let rules, or roles of rules, in, save those in text that is put together."""
    return ((spot, statement) for spot, statement in all_that_let_in(world) if spot.has("Action"))


def all_that_let_in(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return the statements that let rules, or roles of rules, into what is not a bus."""
    used = {each.target.arn for each in world.topology.deliveries()} | set(world.topology.dead_letter_queues())
    of_buses = {bus.dead_letter_arn for bus in world.topology.buses}
    for policy in world.topology.policies:
        if policy.resource_type not in POLICIES:
            continue
        for statement in policy.statements:
            services = (statement.principals or {}).get("Service", ())
            about = policy.resource_arn in used or policy.resource_arn in of_buses or "events.amazonaws.com" in services
            if statement.allows and about and services != ("delivery.logs.amazonaws.com",):
                yield world.spot(statement.location), statement


def in_words(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return those statements that are written as such, which permissions of functions are not."""
    return ((spot, each) for spot, each in lets_in(world) if spot.has("Effect"))


def source_arns(world: World) -> Iterator[Spot]:
    """Return each rule, or bus, that one of the statements names."""
    for spot, statement in lets_in(world):
        if spot.has("SourceArn"):
            yield spot.at("SourceArn")
        for condition in statement.conditions:
            if condition.key == "aws:sourcearn" and spot.has("Condition", condition.operator, "aws:SourceArn"):
                place = spot.at("Condition", condition.operator, "aws:SourceArn")
                yield from (place.at(i) for i in range(len(place.value))) if isinstance(place.value, list) else [place]


def of_rules(world: World) -> Iterator[Spot]:
    """Return each rule that one of the statements names."""
    return (spot for spot in source_arns(world) if ":rule/" in spot.value)


@kind("receiver: its policy is gone", *REFUSED)
def no_policy(world: World) -> Iterator[Mutant]:
    seen = set()
    for spot, _ in all_that_let_in(world):
        if (spot.index, spot.logical_id) not in seen:
            seen.add((spot.index, spot.logical_id))
            yield spot.resource_removed()


@kind("receiver: the statement that lets rules in is gone", *REFUSED)
def no_statement(world: World) -> Iterator[Mutant]:
    for spot, _ in in_words(world):
        yield spot.removed()


@kind("receiver: Deny in place of Allow", *REFUSED)
def denied(world: World) -> Iterator[Mutant]:
    for spot, _ in in_words(world):
        yield spot.at("Effect").put("Deny")


@kind("receiver: another service or role is let in", *REFUSED)
def other_principal(world: World) -> Iterator[Mutant]:
    for spot, statement in lets_in(world):
        if not spot.has("Effect"):
            yield spot.at("Principal").put(
                spot.at("Principal").value.replace("events.", "s3.").replace("role/", "role/x")
            )
        elif "Service" in (statement.principals or {}):
            yield spot.at("Principal").put({"Service": "s3.amazonaws.com"})
        else:
            yield spot.at("Principal").put({"AWS": f"{spot.at('Principal', 'AWS').value}-another"})


@kind("receiver: another action is allowed", *REFUSED)
def other_action(world: World) -> Iterator[Mutant]:
    for spot, statement in lets_in(world):
        yield spot.at("Action").put(f"{statement.actions[0].partition(':')[0]}:DescribeSomething")


@kind("receiver: the policy names another rule", *REFUSED)
def other_rule(world: World) -> Iterator[Mutant]:
    for spot in of_rules(world):
        yield spot.put(f"{spot.value}-another")


@kind("receiver: the policy names a rule of another bus", *REFUSED)
def rule_of_another_bus(world: World) -> Iterator[Mutant]:
    for spot in of_rules(world):
        yield spot.put(spot.value.replace(":rule/", ":rule/another-"))


@kind("receiver: the policy names a rule of another account", *REFUSED)
def rule_of_another_account(world: World) -> Iterator[Mutant]:
    """Of a subscription's rule, the consumer's account is the mistake that is easily made."""
    for spot in of_rules(world):
        own = spot.template.account or ""
        account = own if spot.value.split(":")[4] != own else "999999999999"
        yield spot.put(with_part(spot.value, 4, account))


@kind("receiver: the policy names the rule without its bus", *REFUSED)
def rule_without_bus(world: World) -> Iterator[Mutant]:
    """As the CDK's own `rule_arn` does across environments; so are rules on the default bus called."""
    for spot in of_rules(world):
        place, _, rule = spot.value.rpartition("/")
        yield spot.put(f"{place.rpartition('/')[0]}/{rule}")


@kind("receiver: the policy names the rule as if it were on the default bus", *REFUSED)
def rule_on_default_bus(world: World) -> Iterator[Mutant]:
    for spot in of_rules(world):
        place, _, rule = spot.value.rpartition("/")
        yield spot.put(f"{place.rpartition('/')[0]}/default/{rule}")


@kind("receiver: one of several rules is not named", *REFUSED)
def rule_left_out(world: World) -> Iterator[Mutant]:
    for spot in of_rules(world):
        if isinstance(spot.path[-1], int):
            yield spot.removed()


@kind("receiver: EventBridge is let in for any rule of any account", "access")
def any_rule(world: World) -> Iterator[Mutant]:
    for spot, statement in lets_in(world):
        if "events.amazonaws.com" not in (statement.principals or {}).get("Service", ()):
            continue
        if spot.has("SourceArn"):
            yield spot.at("SourceArn").removed()
        elif spot.has("Condition"):
            yield spot.at("Condition").removed()


@kind("receiver: everyone is let in", "access")
def everyone(world: World) -> Iterator[Mutant]:
    for spot, statement in lets_in(world):
        if not statement.values_of("aws:SourceArn"):
            yield spot.at("Principal").put("*")


@kind("receiver: a second policy replaces the one that lets rules in", "access", "delivery")
def second_policy(world: World) -> Iterator[Mutant]:
    """SQS keeps one policy of a queue: the one that is deployed last."""
    for spot in world.resources("AWS::SQS::QueuePolicy"):
        second = copy.deepcopy(dict(spot.resource))
        second["Properties"]["PolicyDocument"] = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sqs:*",
                    "Resource": "*",
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        }
        yield spot.beside({f"{spot.logical_id}Second": second})


@kind("receiver: the policy is of another queue", *REFUSED)
def other_queue(world: World) -> Iterator[Mutant]:
    for spot in world.resources("AWS::SQS::QueuePolicy"):
        other = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "another"}}
        changed = {**spot.resource, "Properties": {**spot.value, "Queues": [{"Ref": "Another"}]}}
        yield spot.beside({spot.logical_id: changed, "Another": other})
