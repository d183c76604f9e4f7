"""The examples, synthesized once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.assemblies import synthesize_all
from tests.templates import SynthesizedStack, read_assembly


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with an assembly of each example, made with the CDK's own validation of templates on."""
    folder = tmp_path_factory.mktemp("examples")
    synthesize_all(folder)
    return folder


@pytest.fixture(scope="session")
def reference(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of `app.py`."""
    return read_assembly(assemblies / "reference")


@pytest.fixture(scope="session")
def shop(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the shop, in both stages."""
    return read_assembly(assemblies / "shop")


@pytest.fixture(scope="session")
def pipeline(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the pipeline: its own, and those of the estate that it deploys."""
    return read_assembly(assemblies / "pipeline")


@pytest.fixture(scope="session")
def single_bus(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the reference topology with a central bus."""
    return read_assembly(assemblies / "single_bus")


@pytest.fixture(scope="session")
def direct_targets(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the bus and of the targets it delivers to directly."""
    return read_assembly(assemblies / "direct_targets")


@pytest.fixture(scope="session")
def two_apps(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the two teams' apps, which AWS sees together."""
    return read_assembly(assemblies / "orders") | read_assembly(assemblies / "billing")


@pytest.fixture(scope="session")
def cross_region(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of orders in two Regions, of billing in a third, and of audit."""
    return read_assembly(assemblies / "cross_region")


@pytest.fixture(scope="session")
def aws_events(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of the teams that use events of AWS services."""
    return read_assembly(assemblies / "aws_events")


@pytest.fixture(scope="session")
def idempotent_consumer(assemblies: Path) -> dict[str, SynthesizedStack]:
    """The stacks of orders and of billing, which handles each order once."""
    return read_assembly(assemblies / "idempotent_consumer")
