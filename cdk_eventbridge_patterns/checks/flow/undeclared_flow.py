"""FLW002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.simulation.ways import ways_of
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology


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
    Events that no bus declares, rules whose event pattern is known at deployment only, and what becomes of an event
    behind its target. Rules of ours that take more than they are for are another check's (CON013).

    ## When to acknowledge it
    The rule is known and can't be declared: an audit of everything, a tool of the platform.
    """

    id = "FLW002"
    severity = Severity.WARNING
    fix = "declare it, by deliver() or subscribe() of the consumer's bus, or filter the event out"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that deliver declared events and were not declared."""
        found: dict[int, tuple[Rule, set[str]]] = {}
        for bus in topology.buses:
            for event in () if bus.stamp is None else bus.stamp.publishes:
                for way in ways_of(topology, event, bus.arn):
                    rule = way.rules[-1]
                    if rule.stamp is None and way.open is True:
                        found.setdefault(id(rule), (rule, set()))[1].add(str(event.name))
        for rule, events in found.values():
            targets = " and ".join(target.arn for target in rule.known_targets)
            message = f"rule {rule.name!r} takes {' and '.join(sorted(events))} to {targets}, which nobody declared"
            yield self.finding(rule.location, message)
