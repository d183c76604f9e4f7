"""Synthesized templates as plain data, read from the files that would be deployed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App

Resource = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SynthesizedStack:
    """One stack of an assembly: what CloudFormation gets, and what only the CDK knows of it."""

    path: str
    name: str
    account: str
    region: str
    dependencies: frozenset[str]
    template: Mapping[str, Any]
    metadata: Mapping[str, list[dict[str, Any]]]
    template_file: Path

    @property
    def resources(self) -> dict[str, Resource]:
        """All resources by logical id."""
        resources: dict[str, Resource] = self.template["Resources"]
        return resources

    def of_type(self, resource_type: str) -> dict[str, Resource]:
        """The resources of one type by logical id."""
        return {key: value for key, value in self.resources.items() if value["Type"] == resource_type}

    def one(self, resource_type: str) -> dict[str, Any]:
        """The properties of the only resource of its type."""
        (resource,) = self.of_type(resource_type).values()
        return dict(resource.get("Properties", {}))

    def properties(self, logical_id: str) -> dict[str, Any]:
        """The properties of one resource."""
        return dict(self.resources[logical_id]["Properties"])

    def statements(self) -> dict[str, dict[str, Any]]:
        """The statements of the bus policies in the stack, by id."""
        policies = self.of_type("AWS::Events::EventBusPolicy").values()
        return {policy["Properties"]["StatementId"]: policy["Properties"]["Statement"] for policy in policies}

    def warnings(self) -> list[str]:
        """What the CDK warns of."""
        entries = [entry for found in self.metadata.values() for entry in found]
        return [entry["data"] for entry in entries if entry["type"] == "aws:cdk:warning"]


def synthesize(app: App) -> dict[str, SynthesizedStack]:
    """Synthesize *app* and return its stacks by construct path."""
    return read_assembly(Path(app.synth().directory))


def read_assembly(folder: Path) -> dict[str, SynthesizedStack]:
    """Return the stacks of an assembly, those of its stages too, by construct path."""
    return {stack.path: stack for stack in _stacks(folder)}


def _stacks(folder: Path) -> Iterator[SynthesizedStack]:
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
    paths = {key: artifact.get("displayName", key) for key, artifact in artifacts.items() if _is_stack(artifact)}
    for key, artifact in artifacts.items():
        properties = artifact.get("properties", {})
        if artifact["type"] == "cdk:cloud-assembly":
            yield from _stacks(folder / properties["directoryName"])
        if not _is_stack(artifact):
            continue
        account, region = artifact["environment"].removeprefix("aws://").split("/")
        template_file = folder / properties["templateFile"]
        yield SynthesizedStack(
            path=paths[key],
            name=properties.get("stackName", key),
            account=account,
            region=region,
            dependencies=frozenset(paths[name] for name in artifact.get("dependencies", ()) if name in paths),
            template=json.loads(template_file.read_text()),
            metadata=_metadata(folder, artifact),
            template_file=template_file,
        )


def _is_stack(artifact: Mapping[str, Any]) -> bool:
    return bool(artifact["type"] == "aws:cloudformation:stack")


def _metadata(folder: Path, artifact: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    metadata = dict(artifact.get("metadata", {}))
    if additional := artifact.get("additionalMetadataFile"):
        metadata |= json.loads((folder / additional).read_text())
    return metadata
