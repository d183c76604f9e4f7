"""OBS005."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.observability.watchers import Measured, Watchers
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of

_SWITCHES = {"monitoring", "monitoring.lost"}


class LostEventsUnwatched(TopologyCheck):
    """A bus whose lost events no alarm watches.

    ## Why this matters
    What can't be delivered goes to the dead-letter queue of its rule. Where that fails too, since the queue's policy or
    key was changed or the queue is gone, the event is lost: InvocationsFailedToBeSentToDlq is all that tells, in the
    account of the bus, whoever made the rule.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

    ## Avoid
        events.EventBus(self, "Bus")  # with rules that have dead-letter queues, and no alarm but on those

    ## Prefer
        ProducerBus(self, "Bus", …)  # has the alarm
        cloudwatch.MathExpression(expression=(
            'SELECT SUM(InvocationsFailedToBeSentToDlq) FROM SCHEMA("AWS/Events", EventBusName, RuleName) '
            "WHERE EventBusName = 'orders'"  # all rules of the bus, those too that consumers will put there
        )).create_alarm(…)

    ## What it misses
    When the alarm goes off, and whom it tells. Buses that no template at hand makes, the default bus among them. Buses
    none of whose rules, as far as templates were read, has a dead-letter queue. What is watched by other means than a
    CloudWatch alarm.

    ## When to acknowledge it
    Another tool watches the metric. Our constructs take `monitoring=Disabled(reason)`, and `Monitoring(lost=…)`, and
    stamp it, which counts.
    """

    id = "OBS005"
    severity = Severity.WARNING
    fix = "add an alarm on InvocationsFailedToBeSentToDlq of all rules of the bus; our constructs make one"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose rules may lose events that nobody learns of."""
        watchers = Watchers(topology)
        for bus in topology.buses:
            rules = [rule for rule in topology.rules_on(bus.arn) if _has_dead_letter_queue(rule)]
            if bus.kind is not BusKind.CLASSIC or not rules or _is_switched_off(bus):
                continue
            answer = _is_watched(watchers, bus, rules)
            if isinstance(answer, Undecided):
                yield self.undecided(bus.location, f"whether an alarm watches what bus {bus.name!r} loses", answer)
            elif not answer:
                yield self.finding(bus.location, f"no alarm watches what rules of bus {bus.name!r} lose")


def _has_dead_letter_queue(rule: Rule) -> bool:
    return any(target.dead_letter_arn is not None for target in rule.known_targets)


def _is_switched_off(bus: Bus) -> bool:
    return bus.stamp is not None and bool(_SWITCHES & bus.stamp.disabled.keys())


def _is_watched(watchers: Watchers, bus: Bus, rules: Sequence[Rule]) -> Answer:
    """Return whether all rules of the bus are watched together, or each of those that are known by itself."""
    together = watchers.watch(replace(_lost(bus), all_of=frozenset({"RuleName"})))
    return any_of([together, all_of(watchers.watch(_lost(bus, RuleName=rule.name)) for rule in rules)])


def _lost(bus: Bus, **dimensions: str) -> Measured:
    return Measured(
        namespace="AWS/Events",
        metrics=("InvocationsFailedToBeSentToDlq",),
        dimensions={"EventBusName": bus.name, **dimensions},
        account=bus.account,
        region=bus.region,
    )
