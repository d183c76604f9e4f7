"""Faults in the targets of rules."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Delivery
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World

STRANGER = "999999999999"


def classic(world: World) -> Iterator[tuple[Spot, Delivery]]:
    """Return the targets of rules, of subscribers not."""
    for delivery in world.topology.deliveries():
        if delivery.rule.kind is BusKind.CLASSIC:
            yield world.spot(delivery.target.location), delivery


def foreign(world: World) -> Iterator[tuple[Spot, Delivery]]:
    """Return the targets of rules on buses of other accounts."""
    return ((spot, each) for spot, each in classic(world) if each.rule.on_foreign_bus is True)


def with_part(arn: str, part: int, value: str) -> str:
    """Return *arn* with another Region (3) or account (4)."""
    parts = arn.split(":", 5)
    parts[part] = value
    return ":".join(parts)


@kind("target: it acts outside, and replays reach it", "delivery")
def replayed_outside(world: World) -> Iterator[Mutant]:
    for _, each in classic(world):
        rule = world.spot(each.rule.location).at("EventPattern")
        if world.topology.archives_of(each.rule.bus_arn) and rule.has("replay-name"):
            yield rule.at("replay-name").removed()


@kind("target: no role", "delivery", "flow", "topology")
def no_role(world: World) -> Iterator[Mutant]:
    for spot, _ in classic(world):
        if spot.has("RoleArn"):
            yield spot.at("RoleArn").removed()


@kind("target: a role that is not there", "delivery", "flow", "topology")
def role_not_there(world: World) -> Iterator[Mutant]:
    for spot, each in classic(world):
        if each.target.role_arn is not None:
            yield spot.at("RoleArn").put(f"{each.target.role_arn}-another")


@kind("target: a role of another account", "access", "delivery", "flow", "topology")
def role_of_another_account(world: World) -> Iterator[Mutant]:
    """A role can be passed only in its own account."""
    for spot, each in classic(world):
        if each.target.role_arn is not None:
            others = sorted({account for account, _ in world.topology.environments} - {each.rule.account})
            yield spot.at("RoleArn").put(with_part(each.target.role_arn, 4, others[0]))


@kind("target: another account in its ARN", "delivery", "flow", "topology")
def other_account(world: World) -> Iterator[Mutant]:
    """The account is one of those whose templates are read."""
    for spot, each in classic(world):
        accounts = {account for account, region in world.topology.environments if region == each.rule.bus_region}
        others = sorted(accounts - {each.target.arn.split(":")[4]})
        if others:
            yield spot.at("Arn").put(with_part(each.target.arn, 4, others[0]))


@kind("target: another Region in its ARN", "delivery", "flow", "topology")
def other_region(world: World) -> Iterator[Mutant]:
    """A bus may be elsewhere; this one is not, for the role may not put events there."""
    for spot, each in classic(world):
        yield spot.at("Arn").put(with_part(each.target.arn, 3, "ap-south-1"))


@kind("target: another name in its ARN", "delivery", "flow", "topology")
def other_name(world: World) -> Iterator[Mutant]:
    for spot, each in classic(world):
        yield spot.at("Arn").put(each.target.arn.removesuffix(".fifo") + "-another")


@kind("target: a consumer's rule transforms what it sends to its bus", "flow", "topology")
def transforms(world: World) -> Iterator[Mutant]:
    ways = {
        "Input": '{"hello": "world"}',
        "InputPath": "$.detail",
        "InputTransformer": {"InputPathsMap": {"id": "$.id"}, "InputTemplate": '{"id": <id>}'},
    }
    for spot, each in foreign(world):
        for name, value in ways.items():
            if each.target.is_bus:
                yield spot.at(name).put(value)


@kind("target: a consumer's rule sends to a queue rather than a bus", "flow", "topology")
def to_a_queue(world: World) -> Iterator[Mutant]:
    """The queue lets the rule in, as if that could be."""
    for spot, each in foreign(world):
        rule = each.rule
        arn = f"arn:aws:sqs:{rule.bus_region}:{rule.account}:direct"
        send = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule.arn}},
        }
        kept = {name: value for name, value in spot.value.items() if name != "RoleArn"}
        changed = spot.put({**kept, "Arn": arn}).templates[spot.index].resources[spot.logical_id]
        policy = {"Queues": [{"Ref": "Direct"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [send]}}
        yield spot.beside(
            {
                spot.logical_id: changed,
                "Direct": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "direct"}},
                "DirectPolicy": {"Type": "AWS::SQS::QueuePolicy", "Properties": policy},
            }
        )


@kind("target: six of one rule", "quotas")
def six(world: World) -> Iterator[Mutant]:
    for spot, _ in classic(world):
        targets = Spot(world, spot.index, spot.logical_id, ("Properties", "Targets"))
        yield targets.put([{**spot.value, "Id": f"target{number}"} for number in range(6)])


@kind("target: tried just once", "delivery")
def no_retry(world: World) -> Iterator[Mutant]:
    for spot, _ in classic(world):
        yield spot.at("RetryPolicy").put({"MaximumRetryAttempts": 0})


@kind("rule: no target", "delivery", "flow", "topology")
def no_target(world: World) -> Iterator[Mutant]:
    for spot, _ in classic(world):
        yield Spot(world, spot.index, spot.logical_id, ("Properties", "Targets")).removed()
