"""Faults in dead-letter queues.

Left out: another account, which AWS allows.
"""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.receiver import Receiver
from tests.mutation.kind import kind
from tests.mutation.kinds.targets import classic, with_part
from tests.mutation.world import Mutant, World


def dead_letter_queues(world: World) -> list[Receiver]:
    """Return the dead-letter queues of rules, once each."""
    arns = {each.target.dead_letter_arn for _, each in classic(world)}
    return [receiver for receiver in world.topology.receivers if receiver.arn in arns]


@kind("dead-letter queue: none", "delivery")
def none(world: World) -> Iterator[Mutant]:
    for spot, each in classic(world):
        if each.target.dead_letter_arn is not None:
            yield spot.at("DeadLetterConfig").removed()


@kind("dead-letter queue: one that is not there", "delivery")
def not_there(world: World) -> Iterator[Mutant]:
    for spot, each in classic(world):
        yield spot.at("DeadLetterConfig", "Arn").put(f"{each.target.dead_letter_arn}-another")


@kind("dead-letter queue: in another Region", "delivery")
def elsewhere(world: World) -> Iterator[Mutant]:
    for spot, each in classic(world):
        if each.target.dead_letter_arn is not None:
            yield spot.at("DeadLetterConfig", "Arn").put(with_part(each.target.dead_letter_arn, 3, "ap-south-1"))


@kind("dead-letter queue: a topic", "delivery")
def a_topic(world: World) -> Iterator[Mutant]:
    """Only a queue can be one."""
    topics = [receiver for receiver in world.topology.receivers if receiver.resource_type == "AWS::SNS::Topic"]
    for spot, each in classic(world):
        for topic in topics:
            if topic.location.stack == each.rule.location.stack:
                yield spot.at("DeadLetterConfig", "Arn").put({"Ref": topic.location.logical_id})


@kind("dead-letter queue: the queue itself is gone", "delivery")
def gone(world: World) -> Iterator[Mutant]:
    """One without a name is known by a reference, and CloudFormation itself refuses one that leads nowhere."""
    for queue in dead_letter_queues(world):
        spot = world.spot(queue.location)
        if spot.has("QueueName"):
            yield spot.resource_removed()


@kind("dead-letter queue: a FIFO queue", "delivery", "flow")
def fifo(world: World) -> Iterator[Mutant]:
    """All that names the queue names it so."""
    for queue in dead_letter_queues(world):
        spot, name = world.spot(queue.location), f"{queue.name}.fifo"
        if spot.has("QueueName"):
            yield spot.renamed(queue.name, name, {"QueueName": name, "FifoQueue": True})
        else:
            yield spot.at("FifoQueue").put("true")


@kind("target queue: a FIFO queue, and no message group", "delivery", "flow")
def no_message_group(world: World) -> Iterator[Mutant]:
    for spot, _ in classic(world):
        if spot.has("SqsParameters"):
            yield spot.at("SqsParameters").removed()
