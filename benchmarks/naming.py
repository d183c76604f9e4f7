"""What it costs to hold an app to the naming convention: by aspects, and over templates.

python -m benchmarks.naming [STACKS] [RESOURCES PER STACK] [ROUNDS]

Each figure is what synthesis takes longer, or the check after it takes, by resource: the median of runs in fresh
processes, taken in turns, so that what else the machine does hits all of them. Trust the ratios, and those to some
15 %; where the spread is of the size of a difference, there is none.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BASE = "no check at all"
EMPTY = "empty aspect on the app"
VISITING = "NamingAspect, Aspects.of(app).add"
HOOKED = "NamingAspect.add_to(app)"
HOOKED_WITHOUT_TARGETS = "the same, target ids not checked"
TEMPLATES = "the same check over templates"
WAYS = (BASE, EMPTY, VISITING, HOOKED, HOOKED_WITHOUT_TARGETS, TEMPLATES)


def resources(stack: int, number: int) -> dict[str, Any]:
    """Return a template of buses, and three rules for each; all follow the convention."""
    target = {"Id": "acme-prod-orders--inbox", "Arn": "arn:aws:sqs:eu-west-1:111111111111:acme-prod-orders--inbox"}
    rule = {"EventPattern": {"source": ["com.acme.orders"]}, "Targets": [target]}
    return {
        f"Resource{index}": {
            "Type": "AWS::Events::Rule" if index % 4 else "AWS::Events::EventBus",
            "Properties": {"Name": f"acme-prod-orders--s{stack}-r{index}", **(rule if index % 4 else {})},
        }
        for index in range(number)
    }


def measure(way: str, stacks: int, number: int) -> float:
    """Return the seconds that one way takes, in this process."""
    import jsii  # noqa: PLC0415 - just the measured process needs Node
    from aws_cdk import App, Aspects, Environment, IAspect, Stack  # noqa: PLC0415
    from aws_cdk.cloudformation_include import CfnInclude  # noqa: PLC0415
    from constructs import IConstruct  # noqa: PLC0415

    from cdk_eventbridge_patterns.assembly.names import names_in  # noqa: PLC0415
    from cdk_eventbridge_patterns.assembly.reader import read_templates  # noqa: PLC0415
    from cdk_eventbridge_patterns.checks.naming import judge  # noqa: PLC0415
    from cdk_eventbridge_patterns.enforcement import NamingAspect  # noqa: PLC0415
    from cdk_eventbridge_patterns.naming import NamingConvention, ResourceKind  # noqa: PLC0415

    @jsii.implements(IAspect)
    class EmptyAspect:
        def visit(self, node: IConstruct) -> None:
            """Do nothing."""

    naming = NamingConvention(organization="acme", stage="prod")
    with tempfile.TemporaryDirectory() as folder:
        app = App(outdir=f"{folder}/cdk.out")
        for stack in range(stacks):
            file = Path(folder, "template.json")
            file.write_text(json.dumps({"Resources": resources(stack, number)}), encoding="utf-8")
            env = Environment(account="111111111111", region="eu-west-1")
            CfnInclude(Stack(app, f"S{stack}", env=env), "Resources", template_file=str(file))
        started = time.perf_counter()
        if way == EMPTY:
            Aspects.of(app).add(EmptyAspect())
        elif way == VISITING:
            Aspects.of(app).add(NamingAspect(naming))
        elif way == HOOKED:
            NamingAspect(naming).add_to(app)
        elif way == HOOKED_WITHOUT_TARGETS:
            NamingAspect(naming, levels={ResourceKind.TARGET: None}).add_to(app)
        assembly = app.synth()
        if way == TEMPLATES:
            files = [stack.template_full_path for stack in assembly.stacks]
            started = time.perf_counter()
            judge(names_in(read_templates(files)), naming)
        return time.perf_counter() - started


def main(stacks: int = 20, number: int = 50, rounds: int = 5) -> None:
    """Measure all ways in turns, and print them side by side."""
    env = {**os.environ, "CDK_VALIDATION": "false", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20"}
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, way, str(stacks), str(number)]
            answer = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
            seconds[way].append(float(answer.stdout))
    base, total = statistics.median(seconds[BASE]), stacks * number
    added = {way: statistics.median(runs) - (0 if way == TEMPLATES else base) for way, runs in seconds.items()}
    print(f"{stacks} stacks x {number} resources, median of {rounds} runs; synthesis alone {base:.2f} s")
    print(f"{'':36}{'us/resource':>12}{'of an empty aspect':>20}{'spread':>12}")
    for way in WAYS[1:]:
        spread = (max(seconds[way]) - min(seconds[way])) / total
        print(f"{way:36}{added[way] / total * 1e6:12.0f}{added[way] / added[EMPTY]:19.2f}x{spread * 1e6:9.0f} us")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in WAYS:
        print(measure(sys.argv[1], *map(int, sys.argv[2:])))
    else:
        main(*map(int, sys.argv[1:]))
