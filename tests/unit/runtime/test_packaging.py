"""A function has the rooms it needs and a few libraries: asked of a fresh process, which can import nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = "cdk_eventbridge_patterns"
ROOT = Path(__file__).parents[3]
ROOMS = ("contracts", "naming", "runtime", "__init__.py", "errors.py", "undecided.py")

# As docs/runtime.md says.
WITH_A_SCHEMA = {"jsonschema", "jsonschema_specifications", "referencing", "rpds", "attr", "attrs", "typing_extensions"}
WITH_A_MODEL = {"pydantic", "pydantic_core", "annotated_types", "typing_inspection"}
TO_ENCRYPT = {
    *("aws_encryption_sdk", "cryptography", "wrapt", "_cffi_backend"),
    *(
        "boto3",
        "botocore",
        "jmespath",
        "dateutil",
        "six",
        "urllib3",
        "s3transfer",
        "awscrt",
        "_cython_3_2_4",
        "certifi",
    ),
}

GUARD = f"""
import sys

class OnlyWhatAFunctionHas:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in ALLOWED | sys.stdlib_module_names and not top.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"No module named {{name!r}}, as a function has not", name=name)

ALLOWED = {{"{PACKAGE}", *sys.argv[1].split(",")}}
sys.meta_path.insert(0, OnlyWhatAFunctionHas())
"""

PUBLISH_AND_READ = """
import json
from cdk_eventbridge_patterns.contracts import EventContract, StandardEnvelope
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.runtime import EventPublisher, EventReader

class Bus:
    def put_events(self, **request):
        self.entries = request["Entries"]
        return {"Entries": [{"EventId": "e-1"} for _ in self.entries]}

acme = NamingConvention(organization="acme", stage="prod")
placed = EventContract(service="orders", event="OrderPlaced", detail=DETAIL, envelope=StandardEnvelope())
bus = Bus()
EventPublisher("acme-prod-orders", contracts=[placed], naming=acme, events=bus).publish(placed, {"order_id": "o-1"})
(entry,) = bus.entries
event = {"source": entry["Source"], "detail-type": entry["DetailType"], "detail": json.loads(entry["Detail"])}
event |= {"id": "1", "account": "111111111111", "region": "eu-west-1", "time": "2026-01-01T12:00:00Z"}
print(EventReader([placed], naming=acme).read({"body": json.dumps(event)}).data)
"""

OF_A_SCHEMA = "DETAIL = {'type': 'object', 'properties': {'order_id': {'type': 'string'}}}"

OF_A_MODEL = """
from pydantic import BaseModel

class DETAIL(BaseModel):
    order_id: str
"""

ENCRYPTER = """
from cdk_eventbridge_patterns.runtime import FieldEncrypter
print(type(FieldEncrypter("arn:aws:kms:eu-west-1:111111111111:alias/acme", session=Session())).__name__)
"""

SESSION = """
import boto3
Session = lambda: boto3.Session(aws_access_key_id="no", aws_secret_access_key="body")
"""


@pytest.fixture
def function(tmp_path: Path) -> Path:
    """The folder of a function."""
    for room in ROOMS:
        source, copy = ROOT / PACKAGE / room, tmp_path / PACKAGE / room
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)
    return tmp_path


def told(function: Path, allowed: set[str], *script: str) -> str:
    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-W", "error", "-c", "\n".join([GUARD, *script]), ",".join(allowed)],
        check=False,
        capture_output=True,
        text=True,
        cwd=function,
        env={**os.environ, "PYTHONPATH": str(function)},
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_contracts_of_json_schema_need_jsonschema_alone(function: Path) -> None:
    assert told(function, WITH_A_SCHEMA, OF_A_SCHEMA, PUBLISH_AND_READ) == "{'order_id': 'o-1'}"


def test_contracts_of_models_need_pydantic_besides(function: Path) -> None:
    assert told(function, WITH_A_SCHEMA | WITH_A_MODEL, OF_A_MODEL, PUBLISH_AND_READ) == "order_id='o-1'"


def test_sensitive_fields_need_the_encryption_sdk_besides(function: Path) -> None:
    assert told(function, WITH_A_SCHEMA | TO_ENCRYPT, SESSION, ENCRYPTER) == "FieldEncrypter"


def test_the_rooms_are_those_of_the_function(function: Path) -> None:
    assert told(function, WITH_A_SCHEMA, f"import {PACKAGE}.runtime as runtime", "print(runtime.__file__)") == str(
        function / PACKAGE / "runtime" / "__init__.py"
    )


@pytest.mark.parametrize("library", ["boto3", "botocore", "aws_encryption_sdk", "pydantic", "aws_cdk", "yaml", "typer"])
def test_importing_the_room_imports_none_of_what_only_some_functions_need(library: str) -> None:
    ask = f"import sys, {PACKAGE}.runtime; print({library!r} in sys.modules)"

    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ask], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert answer.stdout.strip() == "False"
