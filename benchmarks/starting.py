"""How long the command line takes to start: beside Python alone, and what that is made of.

python -m benchmarks.starting [ROUNDS]

Each run is a process of its own, with the byte code of an earlier one, as on all machines; commands run in turns.
The least is what it costs, the median what one gets while others work on the machine.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 15
COMMAND = "from cdk_eventbridge_patterns.cli import main; main()"
COUNT = "import atexit, sys; atexit.register(lambda: print(len(sys.modules), file=sys.stderr)); "
TEMPLATE = {
    "Resources": {
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "acme-prod-orders"}},
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "acme-prod-orders--paid"}},
    }
}


def run(environment: dict[str, str], code: str, *arguments: str) -> tuple[float, float, str]:
    """Run Python with *code*; return the seconds on the clock and of CPU, and what it said on the error stream."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:  # 1 is that something was found
        raise SystemExit(done.stderr)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stderr


def main(rounds: int) -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "orders.template.json"
        template.write_text(json.dumps(TEMPLATE))
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "byte-code")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        placed = ("--account", "111111111111", "--region", "eu-west-1")
        commands = {
            "python -c pass": ("pass",),
            "cdk-eventbridge --version": (COMMAND, "--version"),
            "cdk-eventbridge --help": (COMMAND, "--help"),
            "cdk-eventbridge checks": (COMMAND, "checks"),
            "cdk-eventbridge check, one template": (COMMAND, "check", str(template), *placed),
        }
        modules = {
            what: int(run(environment, COUNT + code, *arguments)[2].split()[-1])
            for what, (code, *arguments) in commands.items()
        }
        runs: dict[str, list[tuple[float, float]]] = {what: [] for what in commands}
        for _ in range(rounds):
            for what, (code, *arguments) in commands.items():
                runs[what].append(run(environment, code, *arguments)[:2])
    print(f"{'command':36} {'least':>7} {'median':>7} {'CPU, least':>11} {'modules':>8}")
    for what, seconds in runs.items():
        walls, cpus = zip(*seconds, strict=True)
        print(f"{what:36} {min(walls):6.2f}s {statistics.median(walls):6.2f}s {min(cpus):10.2f}s {modules[what]:8}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
