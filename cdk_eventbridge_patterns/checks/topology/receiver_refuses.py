"""TOP008."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import lets_role_in
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ReceiverRefuses(TopologyCheck):
    """A move to a bus whose policy does not let the sender's role in.

    ## Why this matters
    A rule in one account that sends to a bus of another needs both: a role that may, and a bus that lets it. The
    CDK's `targets.EventBus` makes the role and never touches the other bus.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html

    ## Avoid
        rule.add_target(targets.EventBus(bus_of_another_account))

    ## Prefer
        bus.subscribe(ORDER_PLACED, on=…)  # the role is in the receiver's account, so no policy is needed

    ## What it misses
    How `events:source` in such a policy is met by what a rule delivers is not documented: there it says that it
    can't decide.

    ## When to acknowledge it
    The policy is written by another tool after deployment.
    """

    id = "TOP008"
    severity = Severity.ERROR
    fix = "allow the role of the sender in the policy of the receiving bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the moves that the receiving bus refuses."""
        for move in topology.moves():
            target = move.target
            if target.role_arn is None:
                continue
            decision = lets_role_in(topology, move.rule, target)
            if decision.refuses:
                yield self.finding(
                    target.at("Arn"),
                    f"bus {target.arn} does not let role {target.role_arn} in: {decision.reason}",
                    fix=f"allow {target.role_arn} events:PutEvents in the policy of {target.arn}",
                )
            elif decision.undecided is not None:
                yield self.undecided(target.at("Arn"), f"whether bus {target.arn} lets the role in", decision.undecided)
