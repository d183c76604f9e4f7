"""What a command judges: the paths it was given, as one topology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cdk_eventbridge_patterns.assembly.reading import read
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.topology.topology import Topology


def read_topology(paths: Sequence[Path], *, account: str | None, region: str | None) -> Topology:
    """Return what assemblies, templates and estate files say, with *account* and *region* where one says none itself.

    Raises:
        EventBridgePatternsError: If something can't be read.
    """
    artifacts = read(paths, account=account, region=region)
    return replace(topology_of(artifacts.templates), organization=artifacts.organization)
