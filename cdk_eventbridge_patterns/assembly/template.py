"""One synthesized template, and what is known of the stack it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

Resource = Mapping[str, Any]


def _no_paths() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Template:
    """One template.

    Args:
        file: The template, as it was named to us.

        stack: The construct path of the stack, or the name of the file where no assembly says it.

        body: The template, parsed.

        account: The account it is deployed to. Default: unknown.

        region: The Region. Default: unknown.

        tags: The tags of the stack, which CloudFormation gives to its resources too. Default: none are known.

        stack_name: The name CloudFormation knows the stack by, by which others read its outputs. Default: unknown.

        source: What was asked to be read, an assembly or a file. All stacks of one source whose account nobody says are
            taken to be of one account, as the CDK takes them. Default: the file.

        parameters: The values of parameters that are given at deployment. Default: their defaults hold.

        ssm: The values of SSM parameters. Default: those that templates of the same account and Region write.

        nested_in: The template that has this one as a nested stack, and its logical id there. Default: it is none.

        read_construct_paths: Reads the construct path of each logical id from where the assembly keeps it, for
            resources that don't say it themselves. Default: nothing does.
    """

    file: Path
    stack: str
    body: Mapping[str, Any]
    account: str | None = None
    region: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    stack_name: str | None = None
    source: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    ssm: Mapping[str, str] = field(default_factory=dict)
    nested_in: tuple[Template, str] | None = field(default=None, repr=False)
    read_construct_paths: Callable[[], Mapping[str, str]] = field(default=_no_paths, repr=False, compare=False)

    @property
    def source_name(self) -> str:
        """The source by the name that it was given."""
        return self.source or str(self.file)

    def section(self, name: str) -> Mapping[str, Any]:
        """Return a section of the template, such as `Parameters`, empty where it has none."""
        return _mapping(self.body.get(name))

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """The resources by logical id, without what is no resource, such as a loop."""
        resources = self.body.get("Resources")
        entries = resources.items() if isinstance(resources, dict) else ()
        return {key: value for key, value in entries if isinstance(value, dict)}

    def of_type(self, *resource_types: str) -> Iterator[tuple[str, Resource]]:
        """Return the resources of these types, with their logical ids."""
        return ((key, value) for key, value in self.resources.items() if value.get("Type") in resource_types)

    def construct_path(self, logical_id: str) -> str | None:
        """Return the path of the construct that a resource is, where the assembly says it."""
        path = metadata_of(self.resources[logical_id]).get("aws:cdk:path")
        return path if isinstance(path, str) else self._construct_paths.get(logical_id)

    @cached_property
    def _construct_paths(self) -> Mapping[str, str]:
        return self.read_construct_paths()


def properties_of(resource: Resource) -> Mapping[str, Any]:
    """Return the properties of a resource."""
    return _mapping(resource.get("Properties"))


def metadata_of(resource: Resource) -> Mapping[str, Any]:
    """Return the metadata of a resource."""
    return _mapping(resource.get("Metadata"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
