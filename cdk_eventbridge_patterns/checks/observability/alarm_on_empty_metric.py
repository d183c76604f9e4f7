"""OBS003."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, any_of

_DIMENSIONS = {"EventBusName", "RuleName", "EventSourceName"}

# Documented by rule only. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
_OF_RULES = {
    "DeadLetterInvocations",
    "FailedInvocations",
    "InvocationsFailedToBeSentToDlq",
    "InvocationsSentToDlq",
}

_Place = tuple[str, str, str]
"""Account, Region and name of a rule."""


class AlarmOnEmptyMetric(TopologyCheck):
    """An alarm on a metric of EventBridge by dimensions that it does not have.

    ## Why this matters
    Metrics of a rule on a custom bus have two dimensions, EventBusName and RuleName. With RuleName alone, as the CDK's
    own rule metrics have it, a rule on the default bus is meant. What failed is told by rule only, so EventBusName
    alone won't do; what PutEvents refused is told for the account, without dimensions. By others the metric is empty,
    and the alarm never goes off. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

    ## Avoid
        cloudwatch.Metric(namespace="AWS/Events", dimensions_map={"RuleName": rule.rule_name}, …)

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue).metric_failed_invocations()  # names the bus too

    ## What it misses
    Alarms on rules that no template at hand makes. Queries with OR, other comparisons or LIMIT, and metrics that a
    function such as SEARCH brings.

    ## When to acknowledge it
    Never.
    """

    id = "OBS003"
    severity = Severity.WARNING
    fix = "name the bus and the rule, by EventBusName and RuleName; of the metrics of PutEvents neither"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the alarms on metrics that nobody writes."""
        rules = _rules_by_place(topology)
        for alarm in topology.alarms:
            for watched in alarm.metrics:
                if watched.namespace != "AWS/Events":
                    continue
                if (why := _why_empty(watched)) is not None:
                    yield self.finding(alarm.location, f"alarm on {watched.name} {why}: it has no data")
                elif watched.dimensions.keys() == {"RuleName"} and not watched.is_query:
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


def _why_empty(watched: Watched) -> str | None:
    """Return what is wrong with the dimensions, whichever bus and rule there are."""
    named = watched.dimensions.keys() | watched.any_of
    unknown = sorted(name for name in named - _DIMENSIONS if is_literal(name))
    if unknown:
        return f"has dimension {unknown[0]!r}, which no metric of EventBridge has"
    if watched.name.startswith("PutEvents") and named:
        return f"has dimension {min(named)!r}, and what PutEvents does is told for the whole account"
    if watched.name in _OF_RULES and "RuleName" not in named and not watched.has_others:
        return "names no rule, and is told by rule only"
    return None


def _rules_by_place(topology: Topology) -> Mapping[_Place, list[Rule]]:
    """Return the rules by where their metrics may be looked for: where the bus is, or where the rule is declared."""
    found: dict[_Place, list[Rule]] = defaultdict(list)
    for rule in topology.rules:
        if rule.kind is BusKind.CLASSIC:
            for account in dict.fromkeys((rule.bus_account, rule.account)):
                found[account, rule.bus_region, rule.name].append(rule)
    return found
