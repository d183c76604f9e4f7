"""Deploys a synthesized assembly on this machine, publishes an event of each contract and shows where each arrives.

python -m examples.demo cdk.out

Three accounts are played by an emulator on the loopback interface, which needs a Python of its own. Where there is none
on this machine, the events are traced through the templates instead.
"""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console

from cdk_eventbridge_patterns.errors import EventBridgePatternsError
from cdk_eventbridge_patterns.local import find_interpreter
from cdk_eventbridge_patterns.local.installation import is_installed
from cdk_eventbridge_patterns.local.interpreter import LOOKED_IN, NEEDED
from examples import show
from examples.demo import deployed, traced

WITHOUT = f"""\
Not deployed: the emulator needs {NEEDED}, and there is none.
({LOOKED_IN})
With one of them, `make demo` deploys this to three accounts on this machine and shows every event arrive."""


def main(assembly: Path) -> None:
    """Show what is built and who consumes what; then that it is so."""
    console = Console()
    show.main(str(assembly))
    if is_installed() or find_interpreter():
        signal.signal(signal.SIGTERM, _stop)
        deployed.run(console, assembly)
    else:
        console.print(traced.arrivals(traced.publications(assembly)))
        console.print(WITHOUT, style="yellow", markup=False)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    """Leave as at any other end, so that all is stopped that was started."""
    sys.exit(128 + number)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "manifest.json").is_file():
        sys.exit("usage: python -m examples.demo ASSEMBLY, a folder that `cdk synth` wrote, such as cdk.out")
    with suppress(BrokenPipeError):
        try:
            main(Path(sys.argv[1]))
        except KeyboardInterrupt:
            print("\nstopped; nothing is left running")
            sys.exit(128 + signal.SIGINT)
        except EventBridgePatternsError as error:
            sys.exit(f"demo: {error}")
