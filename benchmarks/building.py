"""What it costs to build and synthesize a topology: our constructs beside the same stacks by hand.

python -m benchmarks.building [--quick] [--rounds N] [--write]

The estates and the work by hand are in `benchmarks/estates`. Each run is a process of its own, from its start to its
end; the variants of an estate run in turns, so that what else the machine does hits all of them alike. CPU is of Python
and Node together. Before anything is measured, all variants are shown to make the same resources. `--write` renews the
figures in `docs/speed.md`, and its plot; `--quick` takes the smaller estates, once. Trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from benchmarks.estates.equivalence import counts, differences, texts_in
from benchmarks.estates.estate import Estate, mesh, ring
from benchmarks.estates.javascript import unpack_into
from benchmarks.estates.report import VARIANTS, Measured, Report
from benchmarks.estates.speed_page import write_page

ROOT = Path(__file__).parents[1]
ESTATES: Mapping[str, Callable[[], Estate]] = {
    **{str(stacks): lambda stacks=stacks: ring(stacks) for stacks in (3, 10, 50, 100, 300)},  # type: ignore[misc]
    "mesh": lambda: mesh(100),
}
QUICK = ("3", "10", "50")
VALIDATED = ("10", "300")


@dataclass
class Workshop:
    """Where estates are built: a folder, and the CDK for JavaScript in it."""

    folder: Path
    validation: bool = False

    def run(self, variant: str, estate: Path, *options: str) -> tuple[Path, dict[str, float]]:
        """Build an estate in a process of its own; return the assembly, and what was used."""
        assembly = self.folder / "assembly"
        rmtree(assembly, ignore_errors=True)
        environment = {
            **os.environ,
            "CDK_VALIDATION": "true" if self.validation else "false",
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(self.folder / "byte-code"),
            "NODE_PATH": str(self.folder / "node"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the first run leaves it to the others, as on all machines
        if variant == "js":
            node = environment.get("JSII_NODE", "node")
            command = [node, str(ROOT / "benchmarks/estates/l2.js"), str(estate), str(assembly)]
        else:
            command = [sys.executable, "-m", "benchmarks.estates.run", variant, str(estate), str(assembly), *options]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise SystemExit(f"{variant} failed:\n{done.stderr[-2000:]}")
        used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        used["wall"] = wall
        used["cpu"] = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        return assembly, used

    def write(self, name: str, estate: Estate) -> Path:
        """Write an estate, with the texts that our templates of it have."""
        file = self.folder / f"{name}.json"
        estate.write(file)
        assembly, _ = self.run("ours", file)
        dashboards = texts_in(assembly, "AWS::CloudWatch::Dashboard", "DashboardBody")
        schemas = texts_in(assembly, "AWS::EventSchemas::Schema", "Content")
        for each in estate.services:
            each.dashboard, each.schema = dashboards[each.account], schemas[each.account]
        estate.write(file)
        assembly.rename(self.folder / f"{name}-ours")
        return file

    def compare(self, name: str, estate: Path) -> tuple[dict[str, Measured], dict[str, Counter[str]]]:
        """Build an estate by all variants once, counting calls; return that, and in what they differ from ours."""
        ours = self.folder / f"{name}-ours"
        measured, differing = {}, {}
        for variant in VARIANTS:
            assembly, used = self.run(variant, estate, "--count")
            measured[variant] = Measured(counts(assembly).total(), int(used["calls"]))
            differing[variant] = differences(ours, assembly)
        if differing.pop("ours"):
            raise SystemExit("our templates should be the same each time")
        return measured, differing


@contextmanager
def workshop() -> Iterator[Workshop]:
    """Make a place for estates, and take it away in the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unpack_into(folder / "node")
        yield Workshop(folder)


def measure(names: list[str], rounds: int) -> Report:
    """Build all estates by all variants, in turns."""
    report = Report(loads=[os.getloadavg()[0]])
    with workshop() as place:
        files = {name: place.write(name, ESTATES[name]()) for name in names}
        for name, file in files.items():
            report.figures[name], differing = place.compare(name, file)
            for variant, found in differing.items():
                report.differing[variant] += found
        for number in range(rounds):
            for name, file in files.items():
                for variant, measured in report.figures[name].items():
                    measured.runs.append(place.run(variant, file)[1])
            report.loads.append(os.getloadavg()[0])
            print(f"round {number + 1} of {rounds}, load {report.loads[-1]:.1f}", file=sys.stderr)
        place.validation = True
        for name in [each for each in VALIDATED if each in names]:
            report.figures[f"{name}, checked"] = validated = {
                variant: Measured(report.figures[name][variant].resources, report.figures[name][variant].calls)
                for variant in ("ours", "l2", "js")
            }
            for _ in range(min(rounds, 3)):
                for variant, measured in validated.items():
                    measured.runs.append(place.run(variant, files[name])[1])
        report.loads.append(os.getloadavg()[0])
    return report


def main() -> None:
    """Measure, print, and write the page if wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="just the smaller estates, once")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is built")
    parser.add_argument("--only", nargs="*", choices=list(ESTATES), help="just these estates")
    parser.add_argument("--write", action="store_true", help="renew docs/speed.md and its plot")
    given = parser.parse_args()
    names = given.only or list(QUICK if given.quick else ESTATES)
    report = measure(names, 1 if given.quick else given.rounds)
    print(f"{report.text()}\n\nwhat differs from ours, by type and property:\n{report.differences()}")
    if given.write:
        write_page(report, ROOT / "docs")


if __name__ == "__main__":
    main()
