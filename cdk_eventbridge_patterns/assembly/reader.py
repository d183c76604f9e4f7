"""Reading the templates of an assembly, those of its Stages and nested stacks too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly.documents import read_document
from cdk_eventbridge_patterns.assembly.template import Template, metadata_of, properties_of
from cdk_eventbridge_patterns.errors import AssemblyError

_MANIFEST = "manifest.json"
_NESTED = ".nested.template.json"
# `Orders/Audit.NestedStack/Audit.NestedStackResource` is the resource of stack `Orders/Audit`.
_NESTED_STACK = ".NestedStack/"
_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")
_ASSET = re.compile(r"[0-9a-f]{64}")


def read_assembly(folder: Path | str) -> list[Template]:
    """Return every template of the assembly in *folder*, such as `cdk.out`.

    Raises:
        AssemblyError: If a file of it can't be read.
    """
    return list(_templates_of(_Assembly.at(Path(folder))))


def read_templates(files: Iterable[Path | str]) -> list[Template]:
    """Return the templates in *files*, and those nested in them.

    What stack each is for is known where it lies in an assembly; any other is known by its file's name.

    Raises:
        AssemblyError: If one of them can't be read.
    """
    assemblies: dict[Path, _Assembly | None] = {}
    templates: list[Template] = []
    for file in map(Path, files):
        folder = file.parent
        if folder not in assemblies:
            assemblies[folder] = _Assembly.at(folder) if (folder / _MANIFEST).exists() else None
        assembly = assemblies[folder]
        stack = None if assembly is None else assembly.stacks.get(file.name)
        if assembly is None or stack is None:
            templates.append(Template(file=file, stack=file.name, body=_read_template(file)))
        else:
            templates += _with_nested(stack)
    return templates


@dataclass(frozen=True, kw_only=True)
class _Stack:
    """A stack as the manifest knows it."""

    path: str
    name: str
    source: str
    template_file: Path
    account: str | None
    region: str | None
    tags: Mapping[str, str]
    metadata: Mapping[str, Any]
    metadata_file: Path | None
    nested: Mapping[str, str]

    def construct_paths(self) -> list[tuple[str, str]]:
        """Return logical ids and the constructs they are of, those of nested stacks too."""
        metadata = self.metadata if self.metadata_file is None else read_document(self.metadata_file)
        return [
            (entry["data"], path.removeprefix("/"))
            for path, entries in metadata.items()
            for entry in entries
            if entry["type"] == "aws:cdk:logicalId"
        ]


@dataclass(frozen=True, kw_only=True)
class _Assembly:
    """A manifest: the stacks by their templates' file names, and the assemblies of Stages."""

    stacks: Mapping[str, _Stack]
    stages: tuple[Path, ...]

    @classmethod
    def at(cls, folder: Path) -> _Assembly:
        """Read the manifest in *folder*."""
        file = folder / _MANIFEST
        artifacts = read_document(file).get("artifacts", {})
        stacks, stages = {}, []
        try:
            nested = _nested_files(folder, artifacts)
            for key, artifact in artifacts.items():
                properties = artifact.get("properties", {})
                if artifact["type"] == "cdk:cloud-assembly":
                    stages.append(_inside(folder, properties["directoryName"]))
                elif artifact["type"] == "aws:cloudformation:stack":
                    stacks[properties["templateFile"]] = _stack(folder, key, artifact, nested)
        except (KeyError, TypeError, AttributeError) as error:
            msg = f"'{file}' must be the manifest of a cloud assembly; what it says of {error} is of another form"
            raise AssemblyError(msg) from None
        return cls(stacks=stacks, stages=tuple(stages))


def _stack(folder: Path, key: str, artifact: Mapping[str, Any], nested: Mapping[str, Mapping[str, str]]) -> _Stack:
    template_file = artifact["properties"]["templateFile"]
    environment = _ENVIRONMENT.fullmatch(artifact.get("environment", ""))
    account, region = environment.groups() if environment else (None, None)
    metadata_file = artifact.get("additionalMetadataFile")
    return _Stack(
        path=artifact.get("displayName", key),
        name=artifact["properties"].get("stackName", key),
        source=str(folder),
        template_file=_inside(folder, template_file),
        account=None if account == "unknown-account" else account,
        region=None if region == "unknown-region" else region,
        tags=artifact["properties"].get("tags", {}),
        metadata=artifact.get("metadata", {}),
        metadata_file=_inside(folder, metadata_file) if metadata_file else None,
        nested=nested.get(template_file, {}),
    )


def _nested_files(folder: Path, artifacts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return for each template the nested ones by their assets' hashes: both are assets of the same stack."""
    nested: dict[str, dict[str, str]] = {}
    if not any(folder.glob(f"*{_NESTED}")):
        return nested
    for artifact in artifacts.values():
        if artifact["type"] != "cdk:asset-manifest":
            continue
        files = read_document(_inside(folder, artifact["properties"]["file"])).get("files", {})
        paths = {key: file["source"]["path"] for key, file in files.items() if "path" in file["source"]}
        of_stack = {key: path for key, path in paths.items() if path.endswith(_NESTED)}
        nested |= {path: of_stack for path in paths.values() if path not in of_stack.values()}
    return nested


def _templates_of(assembly: _Assembly) -> Iterator[Template]:
    for stack in assembly.stacks.values():
        yield from _with_nested(stack)
    for folder in assembly.stages:
        yield from _templates_of(_Assembly.at(folder))


def _with_nested(stack: _Stack) -> Iterator[Template]:
    template = _template(stack, stack.template_file, stack.path, nested_in=None)
    yield template
    yield from _nested_in(template, stack)


def _nested_in(template: Template, stack: _Stack) -> Iterator[Template]:
    for logical_id, resource in template.of_type("AWS::CloudFormation::Stack"):
        name = metadata_of(resource).get("aws:asset:path")
        if not isinstance(name, str):
            url = json.dumps(properties_of(resource).get("TemplateURL"))
            name = next((stack.nested[key] for key in _ASSET.findall(url) if key in stack.nested), None)
        if name is None:
            continue
        path = template.construct_path(logical_id) or f"{template.stack}/{logical_id}"
        file = _inside(stack.template_file.parent, name)
        nested = _template(stack, file, path.partition(_NESTED_STACK)[0], nested_in=(template, logical_id))
        yield nested
        yield from _nested_in(nested, stack)


def _template(stack: _Stack, file: Path, path: str, *, nested_in: tuple[Template, str] | None) -> Template:
    return Template(
        file=file,
        stack=path,
        body=_read_template(file),
        account=stack.account,
        region=stack.region,
        tags=stack.tags,
        stack_name=stack.name if nested_in is None else None,
        source=stack.source,
        nested_in=nested_in,
        read_construct_paths=partial(_construct_paths, stack, path),
    )


def _construct_paths(stack: _Stack, path: str) -> dict[str, str]:
    """Return the construct path of each logical id of the stack at *path*.

    The metadata of a stack holds that of the stacks nested in it too, which may use a logical id again.
    """
    paths = stack.construct_paths()
    nested = {each.partition(_NESTED_STACK)[0] + "/" for _, each in paths if _NESTED_STACK in each}
    below = tuple(each for each in nested if each.startswith(f"{path}/") and each != f"{path}/")
    return {key: each for key, each in paths if each.startswith(f"{path}/") and not each.startswith(below)}


def _read_template(file: Path) -> dict[str, Any]:
    return checked_template(read_document(file), file)


def checked_template(body: dict[str, Any], file: Path) -> dict[str, Any]:
    """Return *body* if it may be a template.

    Raises:
        AssemblyError: If its resources are no object.
    """
    if not isinstance(body.get("Resources", {}), dict):
        raise AssemblyError(f"'{file}' must be a template whose Resources is an object, got {body['Resources']!r}")
    return body


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a file that a manifest names, which must be in its own folder.

    Raises:
        AssemblyError: If it leads out of it.
    """
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        raise AssemblyError(f"'{folder / _MANIFEST}' must name files of its own folder, got {name!r}")
    return file
