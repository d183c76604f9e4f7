"""Build the estate in this process by one variant, and print what was used.

python -m benchmarks.estates.run VARIANT ESTATE ASSEMBLY [--count]
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.estates.estate import Estate
from benchmarks.estates.processes import descendants, most_memory


@contextmanager
def counted_calls(*, wanted: bool) -> Iterator[list[int]]:
    """Count the messages to Node meanwhile, if *wanted*: to count costs a little."""
    count = [0]
    if not wanted:
        yield count
        return
    from jsii._kernel.providers import process  # noqa: PLC0415 - not every variant has Node

    send = process._NodeProcess.send  # noqa: SLF001 - there is no public road to it

    def counting(*message: Any) -> Any:  # noqa: ANN401 - whatever the bridge says
        count[0] += 1
        return send(*message)

    with patch.object(process._NodeProcess, "send", counting):  # noqa: SLF001
        yield count


def main(variant: str, estate_file: str, assembly: str, *options: str) -> None:
    """Build, and print the seconds, the memory and, if wanted, the calls."""
    estate, folder = Estate.read(Path(estate_file)), Path(assembly)
    calls = 0
    times = [time.perf_counter()]
    if variant == "json":
        folder.mkdir()
        import_module("benchmarks.estates.templates").write(estate, folder)
        times += [times[0], time.perf_counter()]
    else:
        from aws_cdk import App  # noqa: PLC0415 - not every variant has Node

        build = import_module(f"benchmarks.estates.{variant}").build
        with counted_calls(wanted="--count" in options) as count:
            times = [time.perf_counter()]
            app = App(outdir=assembly)
            build(app, estate)
            times.append(time.perf_counter())
            app.synth()
            times.append(time.perf_counter())
        calls = count[0]
    print(
        json.dumps(
            {
                "build": times[1] - times[0],
                "synth": times[2] - times[1],
                "calls": calls,
                "MB": most_memory(os.getpid()),
                "node MB": sum(map(most_memory, descendants(os.getpid()))),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
