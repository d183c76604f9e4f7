"""The stacks of an assembly, in the order in which they can be deployed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly.documents import read_document
from cdk_eventbridge_patterns.errors import EmulatorError


@dataclass(frozen=True, kw_only=True)
class LocalStack:
    """A stack to deploy.

    Args:
        name: The name that CloudFormation knows it by.

        account: The account.

        region: The Region.

        template: The file of its template.

        path: The path of its construct.
    """

    name: str
    account: str
    region: str
    template: Path
    path: str


def stacks_of(folder: Path) -> Iterator[LocalStack]:
    """Return the stacks of an assembly and of its stages, each after those that it depends on.

    Raises:
        EmulatorError: If a stack is for no certain account and Region, or has files that would have to be uploaded.
        AssemblyError: If the assembly can't be read.
    """
    artifacts = read_document(folder / "manifest.json").get("artifacts", {})
    order = TopologicalSorter({key: artifact.get("dependencies", ()) for key, artifact in artifacts.items()})
    for key in order.static_order():
        artifact = artifacts.get(key, {})
        if artifact.get("type") == "cdk:cloud-assembly":
            yield from stacks_of(folder / artifact["properties"]["directoryName"])
        elif artifact.get("type") == "aws:cloudformation:stack":
            yield _stack(folder, key, artifact)
        elif artifact.get("type") == "cdk:asset-manifest":
            _refuse_uploads(folder / artifact["properties"]["file"])


def _stack(folder: Path, key: str, artifact: Mapping[str, Any]) -> LocalStack:
    account, _, region = artifact["environment"].removeprefix("aws://").partition("/")
    path = artifact.get("displayName", key)
    if account == "unknown-account" or region == "unknown-region":
        raise EmulatorError(f"stack {path} must be for an account and Region, such as env=Environment(account=…)")
    properties = artifact["properties"]
    return LocalStack(
        name=properties.get("stackName", key),
        account=account,
        region=region,
        template=folder / properties["templateFile"],
        path=path,
    )


def _refuse_uploads(manifest: Path) -> None:
    assets = read_document(manifest)
    files = [each["source"].get("path", "") for each in assets.get("files", {}).values()]
    uploads = [path for path in files if not path.endswith(".template.json") or ".nested." in path]
    if uploads or assets.get("dockerImages"):
        raise EmulatorError(
            f"'{manifest}' must have no files to upload, got {[*uploads, *assets.get('dockerImages', ())]}; "
            "deploy such an app by `cdk deploy`, in the environment that Emulator.environment() returns"
        )
