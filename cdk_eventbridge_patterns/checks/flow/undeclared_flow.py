"""FLW002."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.simulation.ways import Ways
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, any_of


class UndeclaredFlow(TopologyCheck):
    """A target that receives a declared event, by a rule that nobody declared for it.

    ## Why this matters
    The producer knows its consumers by what is declared: who must be asked before the event changes, who may read
    what it holds. A rule that takes it without a word is in no catalog and in nobody's plan.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        events.Rule(self, "Audit", event_bus=orders_bus, event_pattern=…, targets=[targets.SqsQueue(queue)])

    ## Prefer
        bus.deliver(ORDER_PLACED, queue)

    ## What it misses
    Events that no bus declares, rules whose bus or targets are known at deployment only, and what becomes of an event
    behind its target. A filter on the detail is taken to let some of the events through. Rules of ours that take more
    than they are for are another check's (CON011).

    ## When to acknowledge it
    The rule is known and can't be declared: an audit of everything, a tool of the platform.
    """

    id = "FLW002"
    severity = Severity.WARNING
    fix = "declare it, by deliver() or subscribe() of the consumer's bus, or filter the event out"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that deliver declared events and were not declared, and those that may be such rules."""
        for rule, taken in _undeclared(topology):
            targets = " and ".join(target.arn for target in rule.known_targets)
            surely = sorted(event for event, answer in taken.items() if answer is True)
            named = " and ".join(surely or sorted(taken))
            yield from self.judged(
                any_of(taken.values()),
                rule.location,
                f"rule {rule.name!r} takes {named} to {targets}, which nobody declared",
                question=f"whether rule {rule.name!r} takes {named} to {targets}, which nobody declared,",
            )


def _undeclared(topology: Topology) -> Iterable[tuple[Rule, Mapping[str, Answer]]]:
    """Return the rules that declare nothing, and the declared events that may come to their targets."""
    ways = Ways(topology)
    found: dict[int, tuple[Rule, dict[str, Answer]]] = {}
    for bus in topology.buses:
        for event in bus.publishes:
            for way in ways.of(event, bus.arn):
                rule, name = way.rules[-1], str(event.name)
                if rule.stamp is None:
                    taken = found.setdefault(id(rule), (rule, {}))[1]
                    taken[name] = any_of([way.open, taken.get(name, False)])
    return found.values()
