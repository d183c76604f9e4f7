"""CON002."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology

_EVERYTHING = ({"prefix": ""}, {"suffix": ""}, {"wildcard": "*"}, {"exists": True})


class RuleWithoutFilter(TopologyCheck):
    """A rule on a custom bus that does not filter on both source and detail-type.

    ## Why this matters
    It takes whatever anybody publishes there, today's events and all that will come: it is paid for, delivered, and
    may loop. AWS advises to filter on both.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        "EventPattern": {"source": [{"prefix": ""}]}

    ## Prefer
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

    ## What it misses
    Filters so wide that they hold nothing back.

    ## When to acknowledge it
    The rule audits or archives everything on purpose, on its own bus.
    """

    id = "CON002"
    severity = Severity.WARNING
    fix = "filter on source and on detail-type"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that filter too little."""
        for rule in topology.rules:
            pattern = rule.event_pattern
            if rule.bus_name == "default" or rule.kind is not BusKind.CLASSIC or not isinstance(pattern, Mapping):
                continue
            if "$or" in pattern:
                continue  # each way through it may filter on both
            missing = [field for field in ("source", "detail-type") if _is_open(pattern.get(field))]
            if missing:
                message = f"rule {rule.name!r} does not filter on {' nor on '.join(missing)}"
                severity = Severity.ERROR if len(missing) > 1 else Severity.WARNING
                yield self.finding(event_pattern_place(rule), message, severity=severity)


def _is_open(expected: object) -> bool:
    """Return whether a field may be anything: not asked for, or by a filter that everything passes."""
    return expected is None or (isinstance(expected, list) and any(each in _EVERYTHING for each in expected))
