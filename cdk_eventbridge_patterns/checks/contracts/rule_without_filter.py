"""CON002."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching import Alternative, EventPattern
from cdk_eventbridge_patterns.matching.matchers import Matcher, Prefix, Present, Suffix, Wildcard
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import EVENT_TYPE, event_pattern_place, parsed
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

# What every text satisfies.
_ANY_TEXT = (Present(), Prefix(""), Suffix(""), Wildcard("*"))

# What an event has whatever happened: such a field tells no event from another.
_ENVELOPE = frozenset({"account", "id", "region", "replay-name", "time", "version"})


class RuleWithoutFilter(TopologyCheck):
    """A rule that does not filter on both source and detail-type, on a custom bus or for named events of AWS services.

    ## Why this matters
    It takes events that it was not made for, today's and all that will come: they are paid for, delivered, and may
    loop. AWS advises to filter on both. A rule that filters on nothing takes all that anybody publishes there.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        "EventPattern": {"source": [{"prefix": ""}]}

    ## Prefer
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

    ## What it misses
    Filters that are there and hold hardly anything back. Rules on the default bus that do not say which events they
    are for, rules on buses of partners, and subscribers of the newer bus. Event patterns that nobody can read
    beforehand, as CON001 says of them.

    ## When to acknowledge it
    The rule audits or archives everything on purpose.
    """

    id = "CON002"
    severity = Severity.WARNING
    fix = 'filter on both, such as {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}'

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that filter too little."""
        for rule in topology.rules:
            if rule.kind is not BusKind.CLASSIC or rule.bus_name.startswith("aws.partner/"):
                continue
            on_default_bus = same(rule.bus_name, "default")
            if on_default_bus is True and not _is_for_aws_events(rule):
                continue
            fault = _fault(rule)
            if fault is None:
                continue
            place = event_pattern_place(rule)
            if isinstance(on_default_bus, Undecided):
                yield self.undecided(place, f"whether rule {rule.name!r} is on a custom bus", on_default_bus)
            else:
                yield self.finding(place, f"rule {rule.name!r} on bus {rule.bus_name!r} {fault[0]}", severity=fault[1])


def _is_for_aws_events(rule: Rule) -> bool:
    """Return whether *rule* says which events of AWS services it is for, and so that it is for no others."""
    return rule.stamp is not None and bool(rule.stamp.aws_events)


def _fault(rule: Rule) -> tuple[str, Severity] | None:
    """Return what the event pattern of *rule* lets through, and how bad that is."""
    pattern = parsed(rule.event_pattern) if isinstance(rule.event_pattern, Mapping) else None
    if pattern is None:
        return None
    if any(not _filters(alternative) for alternative in pattern.alternatives):
        return "lets through all that is published there", Severity.ERROR
    missing = [field for field in EVENT_TYPE if not _every_way_asks(pattern, field)]
    return (f"does not filter on {' nor on '.join(missing)}", Severity.WARNING) if missing else None


def _every_way_asks(pattern: EventPattern, field: str) -> bool:
    return all(_holds_back(alternative.get(field, ())) for alternative in pattern.alternatives)


def _filters(alternative: Alternative) -> bool:
    return any(_holds_back(matchers) for field, matchers in alternative.items() if field not in _ENVELOPE)


def _holds_back(matchers: tuple[Matcher, ...]) -> bool:
    return bool(matchers) and not any(matcher in _ANY_TEXT for matcher in matchers)
