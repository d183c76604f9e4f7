"""Whichever services have keys of their own: everything arrives, and no link of a key is missing."""

from __future__ import annotations

from hypothesis import given, settings

from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.checks.registry import family_of, topology_checks
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.laws.estates import Wanted, encrypted, templates_of, wants

JUDGED = ("access", "delivery", "encryption", "flow", "topology")


@settings(max_examples=15, deadline=None)
@given(wants, encrypted)
def test_every_declared_flow_arrives_whoever_has_keys_of_their_own(wanted: list[Wanted], owners: set[str]) -> None:
    topology = topology_of(templates_of(wanted, owners))

    proofs = [proof_of(topology, flow) for flow in declared_flows(topology)]

    assert {(proof.flow.consumer, proof.flow.event.service) for proof in proofs} == {each[:2] for each in wanted}
    assert all(proof.arrives is True for proof in proofs)
    assert len(topology.keys) >= len(owners)


@settings(max_examples=10, deadline=None)
@given(wants, encrypted)
def test_a_key_adds_no_finding_and_leaves_nothing_undecided(wanted: list[Wanted], owners: set[str]) -> None:
    plain, keyed = topology_of(templates_of(wanted)), topology_of(templates_of(wanted, owners))

    assert found_in(keyed) == found_in(plain)


def found_in(topology: Topology) -> set[tuple[str, str]]:
    """Return what the checks say, and what they can't decide."""
    checks = [check for check in topology_checks() if family_of(type(check)) in JUDGED]
    return {(check.id, finding.message) for check in checks for finding in check.findings(topology)}
