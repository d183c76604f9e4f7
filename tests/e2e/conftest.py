"""Deployments for real, on an emulator: run by `make e2e`, skipped otherwise."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.local import Emulator
from tests.examples.conftest import assemblies

__all__ = ["assemblies"]


@pytest.fixture(scope="session", autouse=True)
def emulator_first(eventbridge_emulator: Emulator) -> Emulator:
    """Ask for the emulator before anything is synthesized for it: without it all is skipped."""
    return eventbridge_emulator
