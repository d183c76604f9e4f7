"""OBS003."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, any_of

_Place = tuple[str, str, str]
"""Account, Region and name of a rule."""


class AlarmOnEmptyMetric(TopologyCheck):
    """An alarm on a metric of a rule on a custom bus that does not name the bus.

    ## Why this matters
    The metrics of such a rule have two dimensions, EventBusName and RuleName. With RuleName alone, as the CDK's own
    rule metrics have it, a rule on the default bus is meant: the metric is empty, and the alarm never goes off.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

    ## Avoid
        cloudwatch.Metric(namespace="AWS/Events", dimensions_map={"RuleName": rule.rule_name}, …)

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue).metric_failed_invocations()  # names the bus too

    ## What it misses
    Alarms on rules that no template at hand makes, and metrics inside of expressions.

    ## When to acknowledge it
    Never.
    """

    id = "OBS003"
    severity = Severity.WARNING
    fix = "add the dimension EventBusName"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the alarms on metrics that nobody writes."""
        rules = _rules_by_place(topology)
        for alarm in topology.alarms:
            for watched in alarm.metrics:
                if watched.namespace == "AWS/Events" and set(watched.dimensions) == {"RuleName"}:
                    yield from self._judged(alarm, watched, rules)

    def _judged(self, alarm: Alarm, watched: Watched, rules: Mapping[_Place, list[Rule]]) -> Iterator[Finding]:
        name = watched.dimensions["RuleName"]
        meant = rules.get((watched.account or alarm.account, alarm.region, name), ())
        on_default_bus = any_of(same(rule.bus_name, "default") for rule in meant)
        if not meant or on_default_bus is True:
            return
        if isinstance(on_default_bus, Undecided):
            question = f"whether the alarm on {watched.name} of rule {name!r} names its bus"
            yield self.undecided(alarm.location, question, on_default_bus)
            return
        message = f"alarm on {watched.name} of rule {name!r} does not name bus {meant[0].bus_name!r}: it has no data"
        yield self.finding(alarm.location, message)


def _rules_by_place(topology: Topology) -> Mapping[_Place, list[Rule]]:
    """Return the rules by where their metrics may be looked for: where the bus is, or where the rule is declared."""
    found: dict[_Place, list[Rule]] = defaultdict(list)
    for rule in topology.rules:
        if rule.kind is BusKind.CLASSIC:
            for account in dict.fromkeys((rule.bus_account, rule.account)):
                found[account, rule.bus_region, rule.name].append(rule)
    return found
