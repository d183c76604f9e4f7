"""TOP004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class ForeignRuleToNonBus(TopologyCheck):
    """A rule on another account's bus with a target that is no bus.

    ## Why this matters
    Whoever puts a rule on a bus of another account may name buses as targets only: all else needs the caller to be
    in the account of the bus, and a role of one's own does not help.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html

    ## Avoid
        Subscription with the queue itself as target

    ## Prefer
        bus.subscribe(ORDER_PLACED, on=BusReference.of("orders", account="111111111111"), deliver_to=queue)

    ## What it misses
    Rules and buses whose accounts are known at deployment only.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "TOP004"
    severity = Severity.ERROR
    fix = "target a bus of your own and deliver from there by a local rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules on foreign buses with targets that are no buses."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if rule.kind is BusKind.CLASSIC and rule.on_foreign_bus is True and target.service and not target.is_bus:
                message = (
                    f"rule {rule.name!r} is on a bus of account {rule.bus_account} and targets {target.arn}, no bus"
                )
                yield self.finding(target.location, message)
