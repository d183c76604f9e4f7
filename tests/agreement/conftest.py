"""The emulator, started once."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.agreement.emulator import Emulator


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator, running. Tests are skipped where it is not installed, unless `make agreement` runs them."""
    if not Emulator.is_installed():
        is_asked_for = "AGREEMENT" in os.environ
        (pytest.fail if is_asked_for else pytest.skip)("the emulator is not installed: run make agreement")
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("AWS_PROFILE", raising=False)  # a client of AWS reads whatever the machine has
        environment.setenv("AWS_CONFIG_FILE", os.devnull)
        environment.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        with Emulator.running(tmp_path_factory.mktemp("emulator")) as running:
            yield running
