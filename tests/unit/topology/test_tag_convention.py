"""What tags a convention asks for, and which it takes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.topology import TagConvention
from cdk_eventbridge_patterns.topology.tag_convention import TagFault
from cdk_eventbridge_patterns.undecided import Undecided

ACME_TAGS = TagConvention(
    required={
        "owner": re.compile(r"team-[a-z-]+"),
        "stage": ["prod", "test"],
        "data-class": ["public", "internal", "confidential"],
        "cost-centre": re.compile(r"\d{4}"),
    },
    values={"stage": "prod", "cost-centre": "4711"},
)


def test_all_that_is_required_and_allowed_is_no_fault() -> None:
    tags = {"owner": "team-orders", "stage": "prod", "data-class": "internal", "cost-centre": "4711", "extra": "yes"}

    assert list(ACME_TAGS.faults(tags)) == []


def test_a_missing_tag_is_told_with_what_it_may_be() -> None:
    faults = list(ACME_TAGS.faults({"stage": "prod", "data-class": "internal", "cost-centre": "4711"}))

    assert faults == [TagFault("owner", None, "text that matches team-[a-z-]+")]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("Prod", "another case"),
        ("production", "a value that is not listed"),
        ("", "no value"),
    ],
)
def test_a_value_that_is_not_allowed_is_a_fault(value: str, why: str) -> None:
    faults = list(ACME_TAGS.with_values({"owner": "team-orders"}).faults({**_right(), "stage": value}))

    assert faults == [TagFault("stage", value, "one of 'prod', 'test'")], why


def test_a_pattern_is_for_the_whole_value() -> None:
    faults = list(ACME_TAGS.faults({**_right(), "cost-centre": "4711-b"}))

    assert [fault.key for fault in faults] == ["cost-centre"]


@pytest.mark.parametrize("key", ["owner", "stage"])
def test_what_is_known_at_deployment_only_is_undecided_whatever_is_allowed(key: str) -> None:
    undecided = Undecided("its value is resolved at deployment")

    (fault,) = ACME_TAGS.faults({**_right(), key: undecided})

    assert fault.actual == undecided


def test_a_service_adds_its_own_values_to_those_of_all() -> None:
    orders = ACME_TAGS.with_values({"owner": "team-orders"})

    assert orders.values == {"stage": "prod", "cost-centre": "4711", "owner": "team-orders"}
    assert "owner" not in ACME_TAGS.values


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"required": {"stage": "prod"}}, r"required\['stage'\] must be the allowed values"),
        ({"required": {"aws:owner": ["team-orders"]}}, "a tag must be text that AWS allows"),
        ({"required": {}, "values": {"owner": "x" * 257}}, "a tag must be text that AWS allows"),
        ({"required": {}, "values": {"owner": 7}}, "a tag must be text that AWS allows, .* got 'owner': 7"),
        (
            {"required": {"stage": ["prod"]}, "values": {"stage": "dev"}},
            r"values\['stage'\] must be one of 'prod', got 'dev'",
        ),
    ],
)
def test_fails_on_a_convention_that_could_not_be_kept(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        TagConvention(**arguments)


def _right() -> dict[str, str]:
    return {"owner": "team-orders", "stage": "prod", "data-class": "internal", "cost-centre": "4711"}
