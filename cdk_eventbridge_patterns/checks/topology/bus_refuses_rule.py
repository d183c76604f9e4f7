"""TOP013."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.subscribing import may_be_put
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class BusRefusesRule(TopologyCheck):
    """A rule on another account's bus that the bus's policy does not allow.

    ## Why this matters
    Deployment of the consumer's stack fails, after the producer was thought to be ready; or a rule that was put
    before stays as it was and can't be changed.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html

    ## Avoid
        bus.subscribe(ORDER_CANCELLED, on=…)  # the producer allows OrderPlaced

    ## Prefer
        ProducerBus(…, consumers=[Consumer("billing", account="222222222222", events=[ORDER_PLACED, ORDER_CANCELLED])])

    ## What it misses
    What the identity that deploys may do: its policies are in no template. Event patterns with operators on source
    or detail-type, and organisations nobody named: there it says that it can't decide.

    ## When to acknowledge it
    The policy is written by another tool before the rule is deployed.
    """

    id = "TOP013"
    severity = Severity.ERROR
    fix = "have the owner of the bus allow it: consumers=[Consumer(…)] of our ProducerBus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that a foreign bus refuses."""
        for rule in topology.rules:
            if rule.kind is BusKind.V2 or rule.on_foreign_bus is not True or not topology.knows(rule.bus_arn):
                continue
            decisions = may_be_put(topology, rule)
            refused = [action for action, decision in decisions.items() if decision.refuses]
            if refused:
                reason = f"account {rule.account} do {' and '.join(refused)}: {decisions[refused[0]].reason}"
                yield self.finding(rule.location, f"bus {rule.bus_arn} does not let {reason}")
                continue
            undecided = next((each.undecided for each in decisions.values() if each.undecided is not None), None)
            if undecided is not None:
                yield self.undecided(rule.location, f"whether bus {rule.bus_arn} lets the rule be put", undecided)
