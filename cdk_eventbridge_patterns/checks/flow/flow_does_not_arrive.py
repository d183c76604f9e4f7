"""FLW001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import Proof, proof_of
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class FlowDoesNotArrive(TopologyCheck):
    """An event that a consumer is declared to get, and that never comes to its target.

    ## Why this matters
    Every stack deploys, and the consumer waits for ever. Other checks look at one statement, rule or role; this one
    makes an event by the contract, publishes it on the bus of the producer and follows it to the target, so whatever
    is in the way is found, in whichever account it is. The statement that is missing is printed, ready to paste.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html

    ## Avoid
        bus.subscribe(ORDER_PLACED, on=…, detail={"total": [{"numeric": [">", 100]}]})
        bus.deliver(ORDER_PLACED, queue, detail={"total": [{"numeric": ["<", 50]}]})  # no order passes both

    ## Prefer
        bus.subscribe(ORDER_PLACED, on=…, detail={"total": [{"numeric": [">", 100]}]}, deliver_to=queue)

    ## What it misses
    One event is followed for each flow: others of the same contract may be kept out. Flows that no stamp declares, as
    our constructs write them, those whose producer was not read, and those of rules whose targets are given at
    deployment. What else is known at deployment only is said to be.

    ## When to acknowledge it
    What is in the way is taken out by another tool after deployment.
    """

    id = "FLW001"
    severity = Severity.ERROR
    fix = "mend what is in its way: `cdk-eventbridge trace` shows the whole of it"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the declared flows that do not arrive."""
        for flow in declared_flows(topology):
            proof = proof_of(topology, flow)
            if proof.arrives is False:
                yield self._finding(proof)
            elif isinstance(proof.arrives, Undecided):
                location = _place(proof)
                yield self.undecided(location, f"whether {flow} arrives", proof.arrives)

    def _finding(self, proof: Proof) -> Finding:
        obstacle = proof.obstacle
        why = "" if obstacle is None else f"; not so: {obstacle.says}: {obstacle.reason}"
        return self.finding(_place(proof), f"{proof.flow} does not arrive{why}", fix=_fix(proof))


def _fix(proof: Proof) -> str | None:
    """Return what to do, nothing where only the trace can tell."""
    remedies = () if proof.obstacle is None else proof.obstacle.remedies
    if remedies:
        return f"add {' and '.join(map(str, remedies))}"
    if proof.trace is None:
        return f"let event patterns that some {proof.flow.event.name} passes bring it: subscribe(…, on=…)"
    return None


def _place(proof: Proof) -> Location:
    obstacle = proof.obstacle
    return proof.flow.rule.location if obstacle is None or obstacle.location is None else obstacle.location
