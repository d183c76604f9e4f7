"""What the README shows is what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.cli.check import Check

README = Path(__file__).parents[2] / "README.md"
STACKS = {
    "Orders": ("111111111111", "AWS::Events::EventBus", {"Name": "acme-prod-orders"}),
    "Billing": (
        "222222222222",
        "AWS::Events::Rule",
        {
            "Name": "ship",
            "EventBusName": "acme-prod-orders",  # as the CDK's Rule renders a bus that was imported by ARN
            "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]},
        },
    ),
}


def test_the_command_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    artifacts = {}
    for stack, (account, resource_type, properties) in STACKS.items():
        artifacts[stack] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{account}/eu-west-1",
            "properties": {"templateFile": f"{stack}.template.json"},
        }
        resource = {
            "Type": resource_type,
            "Properties": properties,
            "Metadata": {"aws:cdk:path": f"{stack}/Ship/Resource"},
        }
        (tmp_path / "cdk.out").mkdir(exist_ok=True)
        (tmp_path / "cdk.out" / f"{stack}.template.json").write_text(json.dumps({"Resources": {"Ship": resource}}))
    (tmp_path / "cdk.out" / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    monkeypatch.chdir(tmp_path)

    Check(paths=[Path("cdk.out")]).run(form="text", output=None, fail_on="error", show_undecided=False)

    (shown,) = re.findall(r"\$ cdk-eventbridge check cdk\.out\n(.*?)```", README.read_text(), re.DOTALL)
    assert shown in capsys.readouterr().out
