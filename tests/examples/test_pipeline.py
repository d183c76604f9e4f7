"""The pipeline that deploys an estate: what it does first, and in which order the accounts come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.testing import assert_delivers, assert_no_findings, assert_not_delivered
from tests.templates import SynthesizedStack

Stacks = dict[str, SynthesizedStack]


@pytest.fixture
def stages(pipeline: Stacks) -> list[dict[str, Any]]:
    """The stages of the pipeline, as CodePipeline gets them."""
    found: list[dict[str, Any]] = pipeline["Pipeline"].one("AWS::CodePipeline::Pipeline")["Stages"]
    return found


def order_of(stages: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Return when each action runs, by its name: its stage, and its turn in that."""
    return {
        action["Name"].removesuffix(".Deploy"): (number, action["RunOrder"])
        for number, stage in enumerate(stages)
        for action in stage["Actions"]
    }


def test_it_changes_itself_before_it_deploys_and_asks_the_checks_in_between(stages: list[dict[str, Any]]) -> None:
    order = order_of(stages)

    first = sorted(order, key=order.__getitem__)[:4]
    assert first == ["acme_events", "Synth", "SelfMutate", "Check"]
    assert all(order["Check"] < order[name] for name in order if name.startswith("acme-prod-"))


def test_every_stack_is_deployed_after_those_that_it_waits_for(pipeline: Stacks, stages: list[dict[str, Any]]) -> None:
    order = order_of(stages)
    estate = {path: stack for path, stack in pipeline.items() if path != "Pipeline"}

    assert {stack.name for stack in estate.values()} <= order.keys()
    assert any(stack.dependencies for stack in estate.values())
    for stack in estate.values():
        for needed in stack.dependencies:
            assert order[pipeline[needed].name] < order[stack.name]


def test_every_stack_is_deployed_into_its_own_account(pipeline: Stacks, stages: list[dict[str, Any]]) -> None:
    roles = {
        action["Name"].removesuffix(".Deploy"): str(action["RoleArn"])
        for stage in stages
        for action in stage["Actions"]
        if action["ActionTypeId"]["Provider"] == "CloudFormation"
    }

    for path, stack in pipeline.items():
        if path != "Pipeline":
            assert f":{stack.account}:role/cdk-" in roles[stack.name].replace("', '", "")


def test_a_filter_of_the_file_holds(assemblies: Path) -> None:
    order = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1"}
    shipping = "acme-prod-shipping--orders-order-placed-v1"

    to_norway = {**order, "detail": {"order_id": "o-1", "total": 31.5, "country": "NO"}}
    to_italy = {**order, "detail": {"order_id": "o-1", "total": 31.5, "country": "IT"}}

    assert_delivers(assemblies / "pipeline", to_norway, to=shipping, bus="acme-prod-orders")
    assert_not_delivered(
        assemblies / "pipeline", to_italy, to=shipping, bus="acme-prod-orders", because="detail.country is 'IT'"
    )


def test_our_own_checks_find_nothing_in_the_estate(assemblies: Path) -> None:
    assert_no_findings(assemblies / "pipeline" / "assembly-Pipeline-Prod")
