from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan import TargetInput


def test_a_path_sends_a_part_of_the_event() -> None:
    assert TargetInput.from_path("$.detail.id").to_properties() == {"InputPath": "$.detail.id"}


def test_a_template_is_sent_with_what_its_paths_point_to() -> None:
    given = TargetInput.from_template('{"order": <id>}', paths={"id": "$.detail.id"})

    assert given.to_properties() == {
        "InputTransformer": {"InputTemplate": '{"order": <id>}', "InputPathsMap": {"id": "$.detail.id"}}
    }


def test_a_template_without_placeholders_needs_no_paths() -> None:
    assert TargetInput.from_template('"wake up"').to_properties() == {
        "InputTransformer": {"InputTemplate": '"wake up"'}
    }


def test_names_of_eventbridges_own_need_no_path() -> None:
    TargetInput.from_template("<aws.events.rule-arn> <aws.events.event.json>")


def test_a_value_is_sent_as_json() -> None:
    (text,) = TargetInput.from_value({"kind": "tick", "every": 5}).to_properties().values()

    assert json.loads(text) == {"kind": "tick", "every": 5}


def test_limits_are_those_of_the_service_to_the_character() -> None:
    TargetInput.from_path("$." + "x" * 254)
    TargetInput.from_template("x" * 8192, paths={f"n{number}": "$.id" for number in range(100)})
    TargetInput.from_value({"t": "x" * (8192 - len('{"t": ""}'))})

    with pytest.raises(DeclarationError, match="path must be a JSON path of at most 256 characters"):
        TargetInput.from_path("$." + "x" * 255)
    with pytest.raises(DeclarationError, match="template must be text of 1 to 8192 characters, got 8193"):
        TargetInput.from_template("x" * 8193)
    with pytest.raises(DeclarationError, match="paths must be at most 100, got 101"):
        TargetInput.from_template("x", paths={f"n{number}": "$.id" for number in range(101)})
    with pytest.raises(DeclarationError, match="value must be at most 8192 characters of JSON, got 8193"):
        TargetInput.from_value({"t": "x" * (8193 - len('{"t": ""}'))})


@pytest.mark.parametrize("template", ["", None, 5, {"order": "<id>"}])
def test_a_template_must_be_text_with_something_in_it(template: Any) -> None:
    with pytest.raises(DeclarationError, match="template must be text of 1 to 8192 characters, got"):
        TargetInput.from_template(template)


def test_a_placeholder_without_a_path_is_named() -> None:
    with pytest.raises(DeclarationError, match=r"template uses <order>, which paths must name, got \['id'\]"):
        TargetInput.from_template("<id> <order>", paths={"id": "$.detail.id"})


@pytest.mark.parametrize("name", ["AWS.id", "an id", "", "id.x"])
def test_the_name_of_a_path_must_be_a_plain_word(name: str) -> None:
    with pytest.raises(DeclarationError, match="names in paths must be letters, digits, hyphens and underscores"):
        TargetInput.from_template("x", paths={name: "$.id"})


@pytest.mark.parametrize("value", ["hello", 5, ["tick"], {"at": object()}])
def test_a_value_must_be_a_json_object(value: Any) -> None:
    with pytest.raises(DeclarationError, match=r"value must be a JSON object, such as \{'kind': 'tick'\}, got"):
        TargetInput.from_value(value)


def test_what_is_read_can_not_be_changed_from_outside() -> None:
    given = TargetInput.from_path("$.detail")

    given.to_properties()["InputPath"] = "$.id"

    assert given.to_properties() == {"InputPath": "$.detail"}
