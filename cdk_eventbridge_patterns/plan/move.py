"""Where an event can move from one bus to another."""

from __future__ import annotations

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import partition_of
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress


def check_move(sender: BusAddress, receiver: BusAddress) -> None:
    """Refuse a move between buses of two partitions, which share neither accounts nor roles.

    https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
    """
    partitions = partition_of(sender.region), partition_of(receiver.region)
    if partitions[0] != partitions[1]:
        msg = (
            f"an event can't move from {sender.region} to {receiver.region}: they are in two partitions, "
            f"{partitions[0]} and {partitions[1]}; let code of yours publish it there"
        )
        raise DeclarationError(msg)
