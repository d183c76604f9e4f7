"""TOP019."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.replication import may_replicate
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class EndpointCannotReplicate(TopologyCheck):
    """A global endpoint that is to replicate, by a role that does not serve.

    ## Why this matters
    Replication is on unless it is switched off, and takes a role that EventBridge may assume and that may put events on
    both buses. Without it the other Region lacks what was published before it took over, and EventBridge does not go
    back by itself. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html

    ## Avoid
        "ReplicationConfig": {"State": "ENABLED"}  # and no RoleArn

    ## Prefer
        GlobalEndpoint(self, "Endpoint", bus=bus, secondary=bus_in_other_region)

    ## What it misses
    Whether the role may make the rules by which EventBridge replicates, and be passed to them.

    ## When to acknowledge it
    The role is changed by another tool after deployment.
    """

    id = "TOP019"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com assume the role, and the role put events on both buses"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the endpoints that replicate, or may, and can't."""
        for endpoint in topology.endpoints:
            if endpoint.replicates is False:
                continue
            place = endpoint.location.at("ReplicationConfig" if endpoint.role_arn is None else "RoleArn")
            question = f"whether endpoint {endpoint.name!r} can replicate"
            decision = may_replicate(topology, endpoint)
            if decision.answer is True:
                continue
            if decision.refuses:
                message = f"endpoint {endpoint.name!r} can't replicate: {decision.reason}"
                yield from self.judged(endpoint.replicates, place, message, question=question)
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
