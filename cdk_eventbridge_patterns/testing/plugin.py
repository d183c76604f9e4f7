"""A pytest plugin: each file or assembly that is named on the command line or in the settings is a test.

    pytest --eventbridge-check cdk.out

or in `pyproject.toml`, relative to it:

    [tool.pytest.ini_options]
    eventbridge_check = ["cdk.out"]

Tests that ask for `eventbridge_local` get accounts on this machine to deploy to, where they are wanted:

    pytest --eventbridge-local
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.local.deployment import Deployment
    from cdk_eventbridge_patterns.local.emulator import Emulator
    from cdk_eventbridge_patterns.topology.topology import Topology


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting."""
    what = "an assembly, template or estate file whose topology must have no findings"
    group = parser.getgroup("eventbridge", "EventBridge checks")
    group.addoption("--eventbridge-check", action="append", default=[], metavar="PATH", help=what)
    parser.addini("eventbridge_check", what, type="paths", default=[])
    local = "run the tests that deploy to accounts on this machine"
    group.addoption("--eventbridge-local", action="store_true", default=False, help=local)
    parser.addini("eventbridge_local", local, type="bool", default=False)


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add one test for all paths that were given, which are judged together."""
    given = [*map(Path, config.getoption("--eventbridge-check")), *config.getini("eventbridge_check")]
    if given:
        items.append(_ChecksItem.from_parent(session, name="eventbridge checks", paths=given))


@pytest.fixture(scope="session")
def eventbridge_topology() -> Callable[..., Topology]:
    """Return what reads apps, assemblies, templates and estate files as one topology."""
    from cdk_eventbridge_patterns.testing.assertions import topology_in  # noqa: PLC0415 - just who asks pays for it

    return topology_in


@pytest.fixture(scope="session")
def eventbridge_emulator(pytestconfig: pytest.Config) -> Iterator[Emulator]:
    """Return the emulator of this run: the test is skipped if none is wanted, and fails if there can be none."""
    if not (pytestconfig.getoption("--eventbridge-local") or pytestconfig.getini("eventbridge_local")):
        pytest.skip("deploys to accounts on this machine: run pytest with --eventbridge-local")
    from cdk_eventbridge_patterns.local import Emulator, install  # noqa: PLC0415 - just who asks pays for it

    with Emulator(install(pytestconfig.rootpath / ".emulator")) as emulator:
        yield emulator


@pytest.fixture
def eventbridge_local(eventbridge_emulator: Emulator) -> Iterator[Deployment]:
    """Return accounts to deploy to, which are left as they were before."""
    from cdk_eventbridge_patterns.local import Deployment  # noqa: PLC0415 - as above

    deployment = Deployment(eventbridge_emulator)
    yield deployment
    deployment.remove()


class _ChecksItem(pytest.Item):
    def __init__(self, *, paths: list[Path], **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**kwargs)
        self._paths = paths

    def runtest(self) -> None:
        from cdk_eventbridge_patterns.testing.assertions import assert_no_findings  # noqa: PLC0415 - as above

        assert_no_findings(*self._paths)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:  # noqa: ANN401, ARG002
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self._paths[0], None, "eventbridge checks"
