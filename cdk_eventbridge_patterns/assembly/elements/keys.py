"""KMS keys with their policies and aliases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource
from cdk_eventbridge_patterns.assembly.elements.statements import made_if, statements
from cdk_eventbridge_patterns.assembly.elements.values import common, said
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.security import Key, KeyAlias


def key_aliases(resolution: Resolution) -> Iterator[KeyAlias]:
    """Return the aliases."""
    for resource in resolution.resources("AWS::KMS::Alias"):
        yield KeyAlias(name=said(resource.properties.get("AliasName")), **common(resource))


def keys(resolution: Resolution) -> Iterator[Key]:
    """Return the keys."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for resource in resolution.resources("AWS::KMS::Alias"):
        target = said(resource.properties.get("TargetKeyId"))
        aliases[target.partition(":key/")[2] or target].append(said(resource.properties.get("AliasName")))
    for resource in resolution.resources("AWS::KMS::Key"):
        arn = arn_of_resource(resource)
        yield Key(
            arn=arn,
            statements=made_if(
                resource.conditional,
                statements(resource.properties.get("KeyPolicy"), resource.location.at("KeyPolicy")),
            ),
            aliases=tuple(aliases.get(arn.partition(":key/")[2], ())),
            **common(resource),
        )
