"""CON004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.arrivals import is_brought
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of

_DEFAULT = "default"


class AwsSourceOnCustomBus(TopologyCheck):
    """A rule on a custom bus for events of AWS services, which no rule brings there.

    ## Why this matters
    AWS services publish to the default bus, and nobody else may publish a source that begins with `aws.`: on another
    bus the rule never matches. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html

    ## Avoid
        events.CfnRule(self, "Uploads", event_bus_name="acme-prod-orders", event_pattern={"source": ["aws.s3"]})

    ## Prefer
        events.CfnRule(self, "Uploads", event_pattern={"source": ["aws.s3"]})  # on the default bus

    ## What it misses
    Rules that match other events besides, and operators other than `prefix`. Sources of which nobody can say
    beforehand that they are of AWS.

    ## When to acknowledge it
    A rule of a default bus whose template is not at hand brings these events.
    """

    id = "CON004"
    severity = Severity.WARNING
    fix = "put the rule on the default bus, or bring the events from there by a rule with this bus as its target"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that wait for events of AWS where none come."""
        for rule in topology.rules:
            if rule.kind is not BusKind.CLASSIC or rule.bus_name == _DEFAULT or not _waits_for_aws(rule):
                continue
            answer = _arrive(topology, rule)
            if isinstance(answer, Undecided):
                question = f"whether events of AWS services come to bus {rule.bus_name!r} of rule {rule.name!r}"
                yield self.undecided(event_pattern_place(rule), question, answer)
            elif not answer:
                message = f"rule {rule.name!r} waits on bus {rule.bus_name!r} for events of AWS, which don't come there"
                yield self.finding(event_pattern_place(rule), message)


def _waits_for_aws(rule: Rule) -> bool:
    # Partners of AWS publish to buses of their own.
    if rule.bus_name.startswith("aws.partner/") or "aws." not in str(rule.event_pattern):
        return False
    pattern = EventTypePattern.of(rule)
    return pattern is not None and pattern.is_for_aws_alone


def _arrive(topology: Topology, rule: Rule) -> Answer:
    return any_of([same(rule.bus_name, _DEFAULT), is_brought(topology, rule, from_bus=_DEFAULT)])
