"""What the command line must not load before it knows that it needs it: each of these costs everybody's every start.

How long a start takes is measured by `benchmarks/starting.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NODE = {"aws_cdk", "constructs", "jsii", "cdk_nag"}
HEAVY = {"samtranslator", "boto3", "botocore", "cfnlint", "pygraphviz", "yaml"}
FOR_SCHEMAS = {"jsonschema", "jsonschema_specifications", "referencing"}
FOR_CHECKS = {"interegular", "cdk_eventbridge_patterns.assembly", "cdk_eventbridge_patterns.checks"}

BUS = {"Resources": {"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "acme-prod-orders"}}}}


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    """Return the modules that the command has loaded in the end."""
    code = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: print(json.dumps(list(sys.modules)), file=sys.stderr))\n"
        "from cdk_eventbridge_patterns.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode in {0, 1}, result.stderr
    return set(json.loads(result.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    ("argument", "needless"),
    [
        ("--version", NODE | HEAVY | FOR_SCHEMAS | FOR_CHECKS | {"rich", "pydantic"}),
        ("--help", NODE | HEAVY | FOR_SCHEMAS | FOR_CHECKS | {"pydantic"}),
    ],
)
def test_what_only_commands_need_is_not_loaded_without_one(argument: str, needless: set[str], tmp_path: Path) -> None:
    loaded = loaded_by(argument, cwd=tmp_path)

    assert not loaded & needless


def test_templates_without_schemas_are_judged_without_what_reads_schemas(tmp_path: Path) -> None:
    (tmp_path / "bus.json").write_text(json.dumps(BUS))

    loaded = loaded_by("check", "bus.json", "--account", "111111111111", "--region", "eu-west-1", cwd=tmp_path)

    assert not loaded & (NODE | HEAVY | FOR_SCHEMAS)
