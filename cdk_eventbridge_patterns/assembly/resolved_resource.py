"""A resource as it will be deployed, as far as the templates decide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class ResolvedResource:
    """One resource of a template.

    Args:
        logical_id: Its logical id.

        resource_type: Its CloudFormation type.

        template: The template it is in.

        where: Its stack and logical id, unlike those of any other resource.

        account: The account it is deployed to; where that is not known, a part of text that stands for it.

        region: The Region, likewise.

        partition: The partition, likewise.

        metadata: Its metadata, as written.

        resolve: Resolves the properties, once they are asked for.

        conditional: Why nobody can say beforehand whether it is made at all. Default: it is.
    """

    logical_id: str
    resource_type: str
    template: Template
    where: str
    account: str
    region: str
    partition: str
    metadata: Mapping[str, Any]
    resolve: Callable[[], Mapping[str, Any]] = field(repr=False, compare=False)
    conditional: Undecided | None = None

    @cached_property
    def properties(self) -> Mapping[str, Any]:
        """The properties with all intrinsic functions resolved.

        Text may have parts that are known at deployment only (`topology/text.py`); a list, an object or anything else
        that is not known is `Undecided`. What is `AWS::NoValue` is left out.
        """
        return self.resolve()

    @cached_property
    def location(self) -> Location:
        """Where it is written."""
        return Location(
            stack=self.template.stack,
            logical_id=self.logical_id,
            template_file=str(self.template.file),
            construct_path=self.template.construct_path(self.logical_id),
        )
