"""TOP005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class MoveTransforms(TopologyCheck):
    """A target that is a bus, with Input, InputPath or InputTransformer.

    ## Why this matters
    They are not usable where the target is a bus of another account; that the service refuses them for every bus is
    known from others' tests only. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html

    ## Avoid
        "Targets": [{"Arn": "…:event-bus/acme-prod-billing", "InputPath": "$.detail"}]

    ## Prefer
        bus.deliver(ORDER_PLACED, queue, input=TargetInput.from_path("$.detail"))

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "TOP005"
    severity = Severity.ERROR
    fix = "transform in the rule that delivers, on the receiving bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the moves from bus to bus that would change the event."""
        for move in topology.moves():
            if move.rule.kind is BusKind.CLASSIC and move.target.transforms:
                what = " and ".join(move.target.input)
                message = f"target {move.target.id!r} of rule {move.rule.name!r} is a bus and has {what}"
                yield self.finding(move.target.at(next(iter(move.target.input))), message)
