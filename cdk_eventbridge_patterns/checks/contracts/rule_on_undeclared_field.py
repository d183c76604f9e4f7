"""CON007."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.verdicts import judged_rules
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching import OnlyUndeclared
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.topology import Topology


class RuleOnUndeclaredField(TopologyCheck):
    """A rule that only matches events with a field that their contract does not declare.

    ## Why this matters
    JSON Schema lets an object have more fields than it names, so a misspelt field is not forbidden. But nobody
    promised to send it, and nearly always nobody does.

    ## Avoid
        "detail": {"statuss": ["paid"]}  # the contract: status

    ## Prefer
        "detail": {"status": ["paid"]}

    ## What it misses
    Fields below an object of which the contract names no field at all: there, no name is wrong. Events whose schema
    is in no registry that was read; rules that do not list plain sources and detail-types.

    ## When to acknowledge it
    The producer sends the field, and the contract is about to say so.
    """

    id = "CON007"
    severity = Severity.ERROR
    fix = "ask for a field that the contract declares, or have the producer declare it"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that wait for what nobody promised."""
        for rule, title, verdict in judged_rules(topology):
            if isinstance(verdict, OnlyUndeclared):
                yield self.finding(
                    event_pattern_place(rule),
                    f"rule {rule.name!r} matches no {title} as it is declared: at {verdict.path} {verdict.reason}",
                )
