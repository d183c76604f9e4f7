"""Reading templates from small files, as the CDK lays them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import Template, read_assembly, read_templates
from cdk_eventbridge_patterns.errors import AssemblyError

BUS = {"Type": "AWS::Events::EventBus", "Properties": {"Name": "acme-prod-orders"}}
NESTED_HASH = "a" * 64


def write(folder: Path, name: str, content: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def a_stack(path: str, environment: str = "aws://111111111111/eu-west-1", **more: object) -> dict[str, Any]:
    """A stack as the manifest has it."""
    return {
        "type": "aws:cloudformation:stack",
        "environment": environment,
        "properties": {"templateFile": f"{path.replace('/', '')}.template.json"},
        "displayName": path,
        **more,
    }


def an_assembly(folder: Path, *stacks: dict[str, Any], **artifacts: object) -> Path:
    """An assembly of stacks that have one bus each."""
    named = {stack["displayName"].replace("/", ""): stack for stack in stacks}
    write(folder, "manifest.json", {"version": "55.0.0", "artifacts": {**named, **artifacts}})
    for stack in stacks:
        write(folder, stack["properties"]["templateFile"], {"Resources": {"Bus": BUS}})
    return folder


def the_only(templates: list[Template]) -> Template:
    (template,) = templates
    return template


def test_a_stack_is_read_with_its_path_account_and_region(tmp_path: Path) -> None:
    an_assembly(tmp_path, a_stack("Shop/Orders"))

    template = the_only(read_assembly(tmp_path))

    assert (template.stack, template.account, template.region) == ("Shop/Orders", "111111111111", "eu-west-1")
    assert template.resources == {"Bus": BUS}


def test_an_account_and_region_that_are_not_literal_are_unknown(tmp_path: Path) -> None:
    an_assembly(tmp_path, a_stack("Orders", environment="aws://unknown-account/unknown-region"))

    template = the_only(read_assembly(tmp_path))

    assert (template.account, template.region) == (None, None)


def test_the_stacks_of_stages_are_read_too(tmp_path: Path) -> None:
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}
    an_assembly(tmp_path, a_stack("Orders"), Prod=stage)
    an_assembly(tmp_path / "assembly-Prod", a_stack("Prod/Orders"))

    templates = read_assembly(tmp_path)

    assert [template.stack for template in templates] == ["Orders", "Prod/Orders"]


def a_nested_stack(folder: Path, metadata: dict[str, str]) -> list[Path]:
    """A stack with another in it, both with a bus of the same logical id."""
    stack = a_stack("Orders", additionalMetadataFile="Orders.metadata.json")
    assets = {"type": "cdk:asset-manifest", "properties": {"file": "Orders.assets.json"}}
    an_assembly(folder, stack, **{"Orders.assets": assets})
    files = {
        NESTED_HASH: {"source": {"path": "OrdersAudit1.nested.template.json"}},
        "b" * 64: {"source": {"path": "Orders.template.json"}},
        "c" * 64: {"source": {"executable": ["make"]}},
    }
    write(folder, "Orders.assets.json", {"files": files})
    url = {"Fn::Sub": f"https://s3.${{AWS::Region}}.amazonaws.com/assets/{NESTED_HASH}.json"}
    resource = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}, "Metadata": metadata}
    write(folder, "Orders.template.json", {"Resources": {"Bus": BUS, "Audit1": resource}})
    write(folder, "OrdersAudit1.nested.template.json", {"Resources": {"Bus": BUS}})
    paths = {
        "/Orders/Audit.NestedStack/Audit.NestedStackResource": "Audit1",
        "/Orders/Audit/Bus": "Bus",
        "/Orders/Bus/Resource": "Bus",
    }
    entries = {path: [{"type": "aws:cdk:logicalId", "data": logical_id}] for path, logical_id in paths.items()}
    write(folder, "Orders.metadata.json", entries)
    return [folder / "Orders.template.json"]


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"aws:asset:path": "OrdersAudit1.nested.template.json"}, id="by the path of the asset"),
        pytest.param({}, id="by the hash of the asset"),
    ],
)
def test_a_nested_stack_has_its_own_path_and_the_account_of_the_outer_one(
    tmp_path: Path, metadata: dict[str, str]
) -> None:
    outer, nested = read_templates(a_nested_stack(tmp_path, metadata))

    assert (outer.stack, nested.stack) == ("Orders", "Orders/Audit")
    assert nested.account == "111111111111"


def test_a_logical_id_of_a_nested_stack_is_not_taken_for_that_of_the_outer_one(tmp_path: Path) -> None:
    outer, nested = read_templates(a_nested_stack(tmp_path, {}))

    assert outer.construct_path("Bus") == "Orders/Bus/Resource"
    assert nested.construct_path("Bus") == "Orders/Audit/Bus"


def test_what_a_resource_says_of_its_construct_goes_before_what_the_assembly_says(tmp_path: Path) -> None:
    an_assembly(tmp_path, a_stack("Orders"))
    resource = {**BUS, "Metadata": {"aws:cdk:path": "Orders/Bus/Resource"}}
    write(tmp_path, "Orders.template.json", {"Resources": {"Bus": resource}})

    template = the_only(read_assembly(tmp_path))

    assert template.construct_path("Bus") == "Orders/Bus/Resource"


def test_a_template_outside_of_an_assembly_is_known_by_its_file(tmp_path: Path) -> None:
    file = write(tmp_path, "orders.json", {"Resources": {"Bus": BUS}})

    template = the_only(read_templates([file]))

    assert (template.stack, template.account, template.construct_path("Bus")) == ("orders.json", None, None)


def test_a_template_without_resources_has_none(tmp_path: Path) -> None:
    file = write(tmp_path, "empty.json", {"Parameters": {}})

    assert the_only(read_templates([file])).resources == {}


def test_a_loop_is_no_resource(tmp_path: Path) -> None:
    file = write(tmp_path, "loop.json", {"Resources": {"Fn::ForEach::Buses": ["Name", ["a"], {}], "Bus": BUS}})

    assert list(the_only(read_templates([file])).resources) == ["Bus"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param('{"Resources": {"Bus": {"Ty', "must be JSON: ", id="truncated"),
        pytest.param("Resources: {}", "must be JSON: ", id="YAML"),
        pytest.param("", "must be JSON: ", id="empty"),
        pytest.param("\ufffe\ud800", "must be JSON", id="not even text"),
        pytest.param("[]", "must be a JSON object, got list", id="a list"),
        pytest.param('{"Resources": []}', "must be a template whose Resources is an object, got []", id="no resources"),
    ],
)
def test_what_is_no_template_is_refused_in_one_line_that_names_the_file(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "Orders.template.json"
    file.write_bytes(content.encode(errors="surrogatepass"))

    with pytest.raises(AssemblyError) as refused:
        read_templates([file])

    assert str(refused.value).startswith(f"'{file}' {why}")
    assert "\n" not in str(refused.value)


def test_a_template_that_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    an_assembly(tmp_path, a_stack("Orders"))
    (tmp_path / "Orders.template.json").unlink()

    with pytest.raises(AssemblyError) as refused:
        read_assembly(tmp_path)

    assert str(refused.value) == f"'{tmp_path}/Orders.template.json' can't be read: No such file or directory"


def test_a_folder_that_is_no_assembly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match=r"manifest\.json' can't be read"):
        read_assembly(tmp_path)


@pytest.mark.parametrize("artifacts", [{"Orders": {}}, {"Orders": []}, {"Orders": {"type": "cdk:cloud-assembly"}}, []])
def test_a_manifest_of_another_form_is_refused(tmp_path: Path, artifacts: object) -> None:
    write(tmp_path, "manifest.json", {"artifacts": artifacts})

    with pytest.raises(AssemblyError, match=r"manifest\.json' must be the manifest of a cloud assembly"):
        read_assembly(tmp_path)
