"""Whichever services have keys of their own: everything arrives, and no link of a key is missing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.assembly import Template, topology_of
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
    assert {alias.name for alias in topology.key_aliases} >= {f"alias/acme-prod-{service}" for service in owners}


@settings(max_examples=10, deadline=None)
@given(wants, encrypted)
def test_a_key_adds_no_finding_and_leaves_nothing_undecided(wanted: list[Wanted], owners: set[str]) -> None:
    plain, keyed = topology_of(templates_of(wanted)), topology_of(templates_of(wanted, owners))

    assert found_in(keyed) == found_in(plain)


@settings(max_examples=25, deadline=None)
@given(wants, encrypted.filter(bool), st.data())
def test_without_any_one_statement_of_a_key_a_check_finds_it(
    wanted: list[Wanted], owners: set[str], data: st.DataObject
) -> None:
    templates = templates_of(wanted, owners)
    index, key, number = data.draw(st.sampled_from(sorted(places_in(templates))))

    broken = topology_of([*templates[:index], without(templates[index], key, number), *templates[index + 1 :]])

    assert found_in(broken) - found_in(topology_of(templates))


def places_in(templates: list[Template]) -> Iterator[tuple[int, str, int]]:
    """Return the statements of keys, but those of the account itself and of the example of a dead letter.

    The first leaves the key to its account; the second is what AWS calls in two ways, so no check asks for it.
    """
    for index, template in enumerate(templates):
        for key, resource in template.of_type("AWS::KMS::Key"):
            for number, statement in enumerate(resource["Properties"]["KeyPolicy"]["Statement"]):
                if statement["Sid"] != "Administer" and not statement["Sid"].endswith("DeadLetters"):
                    yield index, key, number


def without(template: Template, key: str, number: int) -> Template:
    body: Any = copy.deepcopy(template.body)
    del body["Resources"][key]["Properties"]["KeyPolicy"]["Statement"][number]
    return replace(template, body=body)


def found_in(topology: Topology) -> set[tuple[str, str]]:
    """Return what the checks say, and what they can't decide."""
    checks = [check for check in topology_checks() if family_of(type(check)) in JUDGED]
    return {(check.id, finding.message) for check in checks for finding in check.findings(topology)}
