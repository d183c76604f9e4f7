"""Which name the convention gives a resource that has none, from where it stands in the construct tree."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import words_of

_HIDDEN = ("Resource", "Default")  # ids that the CDK leaves out of logical ids, too
_ONE_PER_SERVICE = (ResourceKind.BUS, ResourceKind.ARCHIVE, ResourceKind.REGISTRY)


def given_name(naming: NamingConvention, kind: ResourceKind, service: str, ids: Sequence[str]) -> str:
    """Return the name of a resource of *service* whose construct has these *ids*, from its stack down to itself.

    Each id is a part in kebab case. Ids that say nothing but the kind, the service or that it is of a bus are left out:
    `Bus` and `OrdersBus` are the main bus of orders, and `Audit/Rule` is its rule `audit`.

    Raises:
        NamingError: If the convention refuses the name, such as one that is too long.
    """
    said = {*words_of(ResourceKind.BUS.label), *words_of(kind.label), *words_of(service)}
    parts = ["-".join(words) for words in map(words_of, ids) if not said.issuperset(words)]
    if not parts and kind not in _ONE_PER_SERVICE:
        parts = ["-".join(words_of(ids[-1]))]
    return naming.name(kind, service, *parts)


def ids_below(stack_path: str, path: str) -> list[str]:
    """Return the ids on *path* below the stack, without those that mean nothing."""
    ids = path.removeprefix(f"{stack_path}/").split("/")
    return [id for id in ids if id not in _HIDDEN] or ids
