"""The stacks of an assembly come in the order in which they can be deployed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local.stacks import stacks_of


def test_a_stack_comes_after_those_it_depends_on(tmp_path: Path) -> None:
    _assembly(tmp_path, Rules=_stack(depends_on=["Bus"]), Bus=_stack(name="acme-prod-orders--bus"))

    assert [each.name for each in stacks_of(tmp_path)] == ["acme-prod-orders--bus", "Rules"]


def test_the_stacks_of_stages_are_among_them(tmp_path: Path) -> None:
    _assembly(tmp_path / "assembly-Prod", Orders=_stack("222222222222"))
    _assembly(tmp_path, Prod={"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}})

    (stack,) = stacks_of(tmp_path)

    assert (stack.account, stack.region) == ("222222222222", "eu-west-1")
    assert stack.template == tmp_path / "assembly-Prod" / "Stack.template.json"


def test_a_stack_for_any_account_is_refused(tmp_path: Path) -> None:
    _assembly(tmp_path, Orders=_stack("unknown-account"))

    with pytest.raises(EmulatorError, match="stack Orders must be for an account and Region"):
        list(stacks_of(tmp_path))


def test_files_to_upload_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "Orders.assets.json").write_text(
        json.dumps({"files": {"1": {"source": {"path": "Orders.template.json"}}, "2": {"source": {"path": "code"}}}})
    )
    assets = {"type": "cdk:asset-manifest", "properties": {"file": "Orders.assets.json"}}
    _assembly(tmp_path, Assets=assets, Orders=_stack(depends_on=["Assets"]))

    with pytest.raises(EmulatorError, match=r"no files to upload, got \['code'\]; deploy such an app by `cdk deploy`"):
        list(stacks_of(tmp_path))


def _assembly(folder: Path, **artifacts: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def _stack(account: str = "111111111111", *, name: str | None = None, depends_on: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "type": "aws:cloudformation:stack",
        "environment": f"aws://{account}/eu-west-1",
        "dependencies": list(depends_on),
        "properties": {"templateFile": "Stack.template.json", **({"stackName": name} if name else {})},
    }
