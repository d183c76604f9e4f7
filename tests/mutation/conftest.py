"""The worlds and their score, made once."""

from __future__ import annotations

import pytest

from tests.mutation.score import Result, score
from tests.mutation.world import World
from tests.mutation.worlds.every import every_world


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    """All worlds, untouched."""
    return every_world(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="session")
def results(worlds: list[World]) -> list[Result]:
    """What the checks say of every fault in every place."""
    return list(score(worlds))
