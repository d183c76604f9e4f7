"""What a catalogue costs: of services in a ring, each in an account of its own, that consume from the next three.

python benchmarks/catalog.py [SERVICES ...]

Each figure is of one run, in this process: reading the templates, listing who publishes and who receives what, and
making the text of all files of each format; writing them is not counted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.checks import write_assembly
from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.catalog import Directory
from cdk_eventbridge_patterns.catalog.asyncapi import asyncapi_files
from cdk_eventbridge_patterns.catalog.eventcatalog import eventcatalog_files
from cdk_eventbridge_patterns.catalog.repository import markdown_catalog

SIZES = (30, 300)


def measure(services: int) -> dict[str, float]:
    """Return the seconds that each step takes."""
    times = [time.perf_counter()]
    with tempfile.TemporaryDirectory() as name:
        write_assembly(Path(name), 2 * services)
        times.append(time.perf_counter())
        topology = topology_of(read_assembly(Path(name)))
    times.append(time.perf_counter())
    directory = Directory.of(topology)
    times.append(time.perf_counter())
    for write in (markdown_catalog, asyncapi_files, lambda listed: eventcatalog_files(listed, {})):
        write(directory)
        times.append(time.perf_counter())
    steps = ("assembly", "read", "list", "markdown", "asyncapi", "eventcatalog")
    return {step: end - start for step, start, end in zip(steps, times, times[1:], strict=False)}


def main(arguments: list[str]) -> None:
    """Print the figures of each size."""
    print(f"{'services':>8} {'read':>7} {'list':>7} {'markdown':>9} {'asyncapi':>9} {'eventcatalog':>13}")
    for size in [int(each) for each in arguments] or list(SIZES):
        found = measure(size)
        print(f"{size:8} {found['read']:6.2f}s {found['list']:6.2f}s {found['markdown']:8.2f}s"
              f" {found['asyncapi']:8.2f}s {found['eventcatalog']:12.2f}s")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
