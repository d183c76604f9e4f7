"""Tags as templates say them, and what is said of those that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import Resolution, Template
from cdk_eventbridge_patterns.assembly.tags import TAGGABLE, UNTAGGABLE, tagged_resources
from cdk_eventbridge_patterns.checks import Severity
from cdk_eventbridge_patterns.checks.tags import judge_tags
from cdk_eventbridge_patterns.topology import STAMP_KEY, TagConvention
from cdk_eventbridge_patterns.topology.tagged_resource import TaggedResource
from cdk_eventbridge_patterns.undecided import Undecided

OWNED = TagConvention(required={"owner": ["team-orders"]})


def a_template(resource_type: str, tags: object = None, **metadata: object) -> dict[str, Any]:
    """A template with one resource, which has these tags."""
    properties = {} if tags is None else {"Tags": tags}
    return {"Resources": {"Bus": {"Type": resource_type, "Properties": properties, "Metadata": metadata}}}


def tagged_in(body: dict[str, Any], tags: dict[str, str] | None = None) -> list[TaggedResource]:
    """What can carry tags in the template of a stack that has *tags*."""
    template = Template(file=Path("orders.json"), stack="Orders", body=body, tags=tags or {})
    return list(tagged_resources(Resolution([template])))


def test_a_bus_without_an_owner_is_found_where_it_stands() -> None:
    template = a_template("AWS::Events::EventBus", **{"aws:cdk:path": "Orders/Bus/Resource"})

    (finding,) = judge_tags(tagged_in(template), OWNED)

    assert finding.message == "tag 'owner' is missing, expected one of 'team-orders'"
    assert finding.severity is Severity.ERROR
    assert str(finding.location) == "Orders/Bus/Resource (Tags)"


def test_another_owner_than_allowed_is_found() -> None:
    template = a_template("AWS::Events::Rule", [{"Key": "owner", "Value": "bob"}])

    (finding,) = judge_tags(tagged_in(template), OWNED)

    assert finding.message == "tag 'owner' is 'bob', expected one of 'team-orders'"


def test_an_owner_that_is_a_parameter_is_undecided_and_no_error() -> None:
    template = a_template("AWS::Events::EventBus", [{"Key": "owner", "Value": {"Ref": "Owner"}}])

    (finding,) = judge_tags(tagged_in(template), OWNED)

    assert finding.severity is Severity.INFO
    assert "undecided" in finding.message


@pytest.mark.parametrize(
    ("resource_type", "tags"),
    [
        ("AWS::Events::EventBus", [{"Key": "owner", "Value": "team-orders"}]),
        ("AWS::Pipes::Pipe", {"owner": "team-orders"}),
    ],
)
def test_tags_are_read_as_a_list_and_as_a_mapping(resource_type: str, tags: object) -> None:
    (resource,) = tagged_in(a_template(resource_type, tags))

    assert resource.tags == {"owner": "team-orders"}


def test_the_tags_of_the_stack_count_for_its_resources_and_their_own_come_first() -> None:
    template = a_template("AWS::Events::EventBus", [{"Key": "owner", "Value": {"Ref": "Owner"}}])

    (resource,) = tagged_in(template, tags={"owner": "team-orders", "stage": "prod"})

    assert resource.tags == {"owner": Undecided("'Owner' is known at deployment only"), "stage": "prod"}


@pytest.mark.parametrize("resource_type", sorted(UNTAGGABLE))
def test_nothing_is_asked_of_what_can_carry_no_tags(resource_type: str) -> None:
    assert judge_tags(tagged_in(a_template(resource_type)), OWNED) == []


@pytest.mark.parametrize("kind", ["AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::Lambda::EventSourceMapping"])
def test_what_any_service_may_have_is_asked_for_tags_if_it_is_ours(kind: str) -> None:
    ours = a_template(kind, **{STAMP_KEY: {"service": "orders"}})
    others = a_template(kind)

    assert judge_tags(tagged_in(ours), OWNED)
    assert judge_tags(tagged_in(others), OWNED) == []


def test_a_resource_that_is_not_written_as_one_is_passed_over() -> None:
    template = {"Resources": {"Fn::ForEach::Buses": ["Name", ["a"], {}], "Bus": {"Type": "AWS::Events::EventBus"}}}

    (resource,) = tagged_in(template)

    assert resource.tags == {}


def test_a_type_either_can_carry_tags_or_can_not() -> None:
    assert not TAGGABLE & UNTAGGABLE
