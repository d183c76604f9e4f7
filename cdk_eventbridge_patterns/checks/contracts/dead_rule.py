"""CON006."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.verdicts import judged_rules
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching import Dead
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class DeadRule(TopologyCheck):
    """A rule that no event can match that its contract allows.

    ## Why this matters
    The value is misspelt, or of a type that the field never has, or out of its range: the rule is deployed, and
    matches nothing, for ever. Nothing fails, nothing is logged.

    ## Avoid
        "detail": {"status": ["payd"]}  # the contract: one of placed, paid

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue, detail={"status": ["paid"]})  # checked where it is written

    ## What it misses
    Events whose schema is in no registry that was read. Rules that do not list plain sources and detail-types. What
    a schema says in words that the proof does not follow is taken for allowed; then the rule is undecided.

    ## When to acknowledge it
    The contract's next version allows it, and is deployed first.
    """

    id = "CON006"
    severity = Severity.ERROR
    fix = "ask for what the contract allows"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that are proved dead, and those of which it is not decided."""
        for rule, title, verdict in judged_rules(topology):
            place = event_pattern_place(rule)
            if isinstance(verdict, Dead):
                yield self.finding(
                    place, f"rule {rule.name!r} can't match any {title}: at {verdict.path} {verdict.reason}"
                )
            elif isinstance(verdict, Undecided):
                yield self.undecided(place, f"whether rule {rule.name!r} can match a {title}", verdict)
