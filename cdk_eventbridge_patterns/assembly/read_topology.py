"""Paths as one topology: what commands and tests judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cdk_eventbridge_patterns.assembly.reading import read
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.topology.topology import Topology


def read_topology(paths: Iterable[Path | str], *, account: str | None = None, region: str | None = None) -> Topology:
    """Return what assemblies, templates and estate files say together.

    Args:
        paths: As `read` takes them.

        account: The account of what says none itself. Default: unknown.

        region: The Region, likewise.

    Raises:
        AssemblyError: If one of them can't be read.
        NamingError: If *account* or *region* is not of the right form.
    """
    artifacts = read(paths, account=account, region=region)
    return replace(topology_of(artifacts.templates), organization=artifacts.organization)
