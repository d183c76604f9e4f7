"""What a change of the shop's contracts breaks, by the templates that would be deployed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.cli.states import States
from cdk_eventbridge_patterns.differences import Difference, differences

PAYMENTS, ANALYTICS = "666666666666", "888888888888"


def compared(base: Path, head: Path, *used_by: Path) -> tuple[Difference, ...]:
    return differences(*States(base=base, head=head, used_by=used_by).read())


@pytest.fixture
def changed(assemblies: Path, tmp_path: Path) -> Callable[[str, Callable[[dict[str, Any]], object]], Path]:
    """A copy of the shop, in which the registered schema of an event is changed."""

    def change(event: str, edit: Callable[[dict[str, Any]], object]) -> Path:
        folder = tmp_path / "shop"
        shutil.copytree(assemblies / "shop", folder)
        for file in folder.rglob("*.template.json"):
            template = json.loads(file.read_text())
            for resource in template["Resources"].values():
                if resource["Type"] == "AWS::EventSchemas::Schema" and event in resource["Properties"]["SchemaName"]:
                    document = json.loads(resource["Properties"]["Content"])
                    edit(document["components"]["schemas"])
                    resource["Properties"]["Content"] = json.dumps(document)
            file.write_text(json.dumps(template))
        return folder

    return change


def test_no_example_differs_from_itself(assemblies: Path) -> None:
    for name in ("shop", "reference", "orders"):
        assert compared(assemblies / name, assemblies / name) == ()


def test_a_field_that_is_removed_reaches_those_that_get_the_whole_event(
    assemblies: Path, changed: Callable[..., Path]
) -> None:
    head = changed("OrderPlaced", lambda schemas: schemas["OrderPlaced"]["properties"].pop("customer_id"))

    removed = next(each for each in compared(assemblies / "shop", head) if each.path == "detail.customer_id")

    assert removed.breaking is True
    assert {PAYMENTS, ANALYTICS} <= {use.account for use in removed.uses}
    assert {use.service for use in removed.uses} == {"payments", "analytics"}
