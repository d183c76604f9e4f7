"""What became of one event: a tree of buses, rules and targets, with every decision on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.simulation.dead_letter import DeadLetter
from cdk_eventbridge_patterns.simulation.match import Match
from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.topology.bus import Archive
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import like, same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of


class Outcome(str, Enum):
    """What becomes of an event at a target."""

    DELIVERED = "delivered"
    DEAD_LETTERED = "in the dead-letter queue"
    LOST = "lost"
    NOT_DEPLOYED = "never deployed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class TargetTrace:
    """What a rule does with an event for one of its targets.

    Args:
        rule: The rule.

        target: The target.

        steps: What must be so for the event to get there.

        payload: What the target gets; why it gets nothing, or why nobody can say what.

        dead_letter: Where the event goes if it can't be delivered, now or whenever the target fails.

        onward: What happens on the bus that the target is. Default: it is none, or the event never gets there.

        fed_from: The ARNs of the functions, and of what is between, that get on what the target receives: by an event
            source mapping or a topic's subscription, which may filter. Default: nothing does.
    """

    rule: Rule
    target: Target
    steps: tuple[Step, ...]
    payload: Payload | NotSent | Undecided
    dead_letter: DeadLetter
    onward: BusTrace | None = None
    fed_from: tuple[str, ...] = ()

    @property
    def delivered(self) -> Answer:
        """Whether the event gets there, once its rule matches."""
        return all_of(step.answer for step in self.steps)

    @property
    def failing(self) -> Step | None:
        """What keeps the event from getting there, what AWS refuses at deployment first; nothing where nothing does."""
        refusing = [step for step in self.steps if step.refuses]
        return next((step for step in refusing if step.at_deployment), next(iter(refusing), None))

    @property
    def outcome(self) -> Outcome:
        """What becomes of the event here, once the rule matches."""
        failing = self.failing
        if failing is None:
            return Outcome.DELIVERED if self.delivered is True else Outcome.UNDECIDED
        if failing.at_deployment:
            return Outcome.NOT_DEPLOYED
        kept = all_of([failing.dead_letters, self.dead_letter.kept])
        if isinstance(kept, Undecided):
            return Outcome.UNDECIDED
        return Outcome.DEAD_LETTERED if kept else Outcome.LOST


@dataclass(frozen=True, kw_only=True)
class RuleTrace:
    """What a rule makes of an event.

    Args:
        rule: The rule.

        match: Whether its event pattern matches.

        steps: What must be so for the rule to be there and on. Default: nothing is in question.

        targets: What it does for each of its targets. Default: it does not match, or nobody knows its targets.
    """

    rule: Rule
    match: Match
    steps: tuple[Step, ...] = ()
    targets: tuple[TargetTrace, ...] = ()

    @property
    def fires(self) -> Answer:
        """Whether it sends the event to its targets."""
        return all_of([self.match.answer, *(step.answer for step in self.steps)])


@dataclass(frozen=True, kw_only=True)
class BusTrace:
    """What happens to an event on one bus.

    Args:
        bus_arn: The bus.

        event: The event as it is there.

        steps: What must be so for the bus to hand it to its rules. Default: nothing is in question.

        rules: What each rule makes of it.

        archives: The archives that may keep it, and whether they do.

        unread: Why more rules may be there than were read. Default: none may.
    """

    bus_arn: str
    event: Mapping[str, Any]
    steps: tuple[Step, ...] = ()
    rules: tuple[RuleTrace, ...] = ()
    archives: tuple[tuple[Archive, Match], ...] = ()
    unread: Undecided | None = None

    @property
    def goes_on(self) -> Answer:
        """Whether the rules of the bus see the event."""
        return all_of(step.answer for step in self.steps)

    @property
    def near_misses(self) -> tuple[RuleTrace, ...]:
        """The rules that ask for such an event and not for this one."""
        return tuple(each for each in self.rules if each.match.is_near)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A target that an event comes to, or not.

    Args:
        path: The targets on the way there, of buses first; the last is the target itself.

        arrives: Whether the event gets there, everything on the way considered.
    """

    path: tuple[TargetTrace, ...]
    arrives: Answer

    @property
    def last(self) -> TargetTrace:
        """The target itself."""
        return self.path[-1]

    @property
    def target_arn(self) -> str:
        """The ARN of the target."""
        return self.last.target.arn


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What becomes of one event.

    Args:
        bus_arn: The bus it is published to.

        event: The event as it was published.

        publisher: Who published it. Default: nobody; it is replayed from an archive.

        steps: What must be so for it to be published.

        bus: What happens on the bus it was published to. Default: it is surely not published.
    """

    bus_arn: str
    event: Mapping[str, Any]
    publisher: Principal | None
    steps: tuple[Step, ...]
    bus: BusTrace | None = None

    @property
    def published(self) -> Answer:
        """Whether it is published."""
        return all_of(step.answer for step in self.steps)

    @property
    def obstacle(self) -> Step | None:
        """The first thing in the way of the event: what surely is, else what may be; nothing where nothing is."""
        return first_obstacle(list(self.decisions()))

    def decisions(self) -> Iterator[Step]:
        """Return every decision on the way, in the order in which they are met."""
        yield from self.steps
        for bus in self.buses():
            yield from bus.steps
            for rule in bus.rules:
                yield rule.match.step(rule.rule)
                yield from rule.steps
                for target in rule.targets:
                    yield from target.steps

    def buses(self) -> Iterator[BusTrace]:
        """Return all buses that the event comes to, or may."""
        waiting = [] if self.bus is None else [self.bus]
        while waiting:
            here = waiting.pop(0)
            yield here
            waiting += [each.onward for rule in here.rules for each in rule.targets if each.onward is not None]

    def arrivals(self) -> Iterator[Arrival]:
        """Return the targets of all rules that match, or may, buses included, and whether the event gets there."""
        return iter(()) if self.bus is None else _arrivals(self.bus, (), self.published)

    def reaches(self, target: str) -> Answer:
        """Return whether the event gets to a target.

        Args:
            target: Its ARN, or the name at the end of it.
        """
        found = [all_of([_may_be_called(each.target_arn, target), each.arrives]) for each in self.arrivals()]
        return any_of([*found, *self._unknown_targets()])

    def _unknown_targets(self) -> Iterator[Undecided]:
        """Return why the event may get to targets that nobody knows."""
        for bus in self.buses():
            if bus.unread is not None:
                yield bus.unread
            for rule in bus.rules:
                if isinstance(rule.rule.targets, Undecided) and rule.fires is not False:
                    yield rule.rule.targets


def first_obstacle(steps: Sequence[Step]) -> Step | None:
    """Return the first of *steps* that refuses, else the first that nobody can decide; nothing where all are taken."""
    refusing = next((step for step in steps if step.refuses), None)
    return refusing or next((step for step in steps if step.answer is not True), None)


def is_called(arn: str, name: str) -> bool:
    """Return whether *name* is an ARN, or the name at its end: `invoices`, `event-bus/acme-prod-billing`."""
    return arn == name or arn.endswith((f":{name}", f"/{name}"))


def _may_be_called(arn: str, name: str) -> Answer:
    """Return whether *name* is an ARN, parts of which may be known at deployment only, or the name at its end."""
    return is_called(arn, name) or any_of([same(arn, name), like(f"*:{name}", arn), like(f"*/{name}", arn)])


def _arrivals(bus: BusTrace, above: tuple[TargetTrace, ...], so_far: Answer) -> Iterator[Arrival]:
    here = all_of([so_far, bus.goes_on])
    for rule in bus.rules:
        fires = all_of([here, rule.fires])
        for target in rule.targets:
            arrives = all_of([fires, target.delivered])
            path = (*above, target)
            yield Arrival(path=path, arrives=arrives)
            if target.onward is not None:
                yield from _arrivals(target.onward, path, arrives)
