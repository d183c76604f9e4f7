"""FLW003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.simulation.loop import loops
from cdk_eventbridge_patterns.topology.topology import Topology


class LoopThroughCode(TopologyCheck):
    """A function that gets an event and may publish what leads back to it.

    ## Why this matters
    Code publishes a new event, so the limit of one move from bus to bus does not stop it: it goes round for ever, at
    the speed of the function, and each round is paid for.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        bus.deliver(ORDER_PLACED, function)
        bus.grant_publish(function)  # all events of the service, OrderPlaced among them

    ## Prefer
        bus.deliver(ORDER_PLACED, function)
        bus.grant_publish(function, ORDER_CONFIRMED)

    ## What it misses
    What code does publish: it looks at what its role's own policies hold it to, by source and detail-type, and passes
    over a role that may publish anything. Code that an event comes to by other ways than rules, event source mappings
    and subscriptions to topics. Filters on the detail, which may end a loop.

    ## When to acknowledge it
    The code ends the loop by itself, by a counter or a state; say in the reason how.
    """

    id = "FLW003"
    severity = Severity.WARNING
    fix = "let it publish only what does not come back: grant_publish(function, …)"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets by which a loop goes through code, and those by which one may."""
        for turn, leads_back in loops(topology):
            back = "comes back to it" if turn.publishes == turn.event else f"leads back to {turn.event.name}"
            published = f"{turn.publishes.name} on {turn.on.name}"
            yield from self.judged(
                leads_back,
                turn.way.target.location,
                f"{turn.code.name} gets {turn.event.name} and may publish {published}, which {back}",
                question=f"whether {turn.code.name} gets {turn.event.name} and may publish {published}",
            )
