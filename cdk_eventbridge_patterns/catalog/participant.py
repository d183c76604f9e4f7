"""Who publishes and who receives: services, and what stands for them where no stamp says which service it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.simulation.reception import Reception
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology

_AWS = "aws."


class ParticipantKind(str, Enum):
    """What somebody is called by."""

    SERVICE = "service"
    STACK = "stack"
    ACCOUNT = "account"
    AWS = "AWS service"


@dataclass(frozen=True, order=True, kw_only=True)
class Participant:
    """Who publishes or receives.

    Args:
        name: A service's name where a stamp says it. Else the stack that the resource is in, or the account, where no
            template of it was read; of an AWS service what events of it are declared by, `aws-s3`.

        kind: Which of these it is.
    """

    name: str
    kind: ParticipantKind = ParticipantKind.SERVICE

    def __str__(self) -> str:
        return self.name if self.kind is ParticipantKind.SERVICE else f"{self.kind.value} {self.name}"


class Participants:
    """Whom the resources of a topology belong to.

    Args:
        topology: The topology. Two of its templates may have one name, which is then told apart by the account, and
            if need be by the file.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._files: dict[str, set[str | None]] = defaultdict(set)
        self._files_there: dict[tuple[str, str, str], set[str | None]] = defaultdict(set)
        for element in (*topology.buses, *topology.rules, *topology.receivers):
            location = element.location
            self._files[location.stack].add(location.template_file)
            self._files_there[location.stack, element.account, element.region].add(location.template_file)

    def owning(self, element: Element) -> Participant:
        """Return whose *element* is: the service it is stamped with, else its stack."""
        if element.stamp is not None:
            return Participant(name=element.stamp.service)
        return Participant(name=self._stack(element), kind=ParticipantKind.STACK)

    def owning_bus(self, arn: str, bus: Bus | None) -> Participant:
        """Return whose the bus with an ARN is: of one that no template makes, the account's."""
        if bus is not None:
            return self.owning(bus)
        return Participant(name=account_of(arn), kind=ParticipantKind.ACCOUNT)

    def receiving(self, reception: Reception) -> Participant:
        """Return who receives by the last rule of a way."""
        return self.receiving_by(reception.way.rules[-1], reception.way.target)

    def receiving_by(self, rule: Rule, target: Target) -> Participant:
        """Return who receives at *target*: its own service, or, if it says none, that of *rule*.

        What a rule sends to another account is not for the owner of the rule.
        """
        receiver = self._topology.receiver_or_version(target.arn) or self._topology.bus(target.arn)
        if receiver is not None and receiver.stamp is not None:
            return self.owning(receiver)
        if same(account_of(target.arn), rule.account) is not False:
            return self.owning(rule)
        if receiver is not None:
            return self.owning(receiver)
        return Participant(name=account_of(target.arn), kind=ParticipantKind.ACCOUNT)

    def _stack(self, element: Element) -> str:
        stack, file = element.location.stack, element.location.template_file
        if len(self._files[stack]) == 1:
            return stack
        there = f"{stack} ({element.account}, {element.region})"
        return there if len(self._files_there[stack, element.account, element.region]) == 1 else f"{there}: {file}"


def publishing(event: EventStamp) -> Participant | None:
    """Return who publishes an event, nothing where nobody says it."""
    if event.source.startswith(_AWS):
        return Participant(name=event.source.replace(".", "-"), kind=ParticipantKind.AWS)
    return Participant(name=event.service) if event.service else None
