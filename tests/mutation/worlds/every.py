"""All worlds."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.world import World
from tests.mutation.worlds.central import central
from tests.mutation.worlds.newer import newer
from tests.mutation.worlds.routes import routes
from tests.mutation.worlds.synthesized import synthesized_worlds


def every_world(folder: Path) -> list[World]:
    """Return all worlds; what has to be synthesized is, below *folder*."""
    return [*synthesized_worlds(folder), central(), routes(), newer()]
