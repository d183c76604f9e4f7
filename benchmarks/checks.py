"""What it costs to judge an estate: all checks, beside cfn-lint and cdk-nag's road by resource.

python -m benchmarks.checks [STACKS ...]

Every figure is of a fresh process. All checks and cfn-lint judge the same templates, from reading the files to the
findings. cdk-nag's road, a callback for each resource and check, is measured on few stacks with few checks that do
nothing, and given by resource and check: the rest of the line is multiplication, and says so. Trust the ratios.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZES = (30, 300, 1_000)
ROUNDS = 3
PEERS = 3
BUSES = 20


def write_assembly(folder: Path, stacks: int) -> int:
    """Write an assembly of *stacks* stacks, two for each service in its own account; return its resources."""
    artifacts, count = {}, 0
    for name, account, template in _templates(stacks // 2):
        (folder / f"{name}.template.json").write_text(json.dumps(template, indent=1))
        count += len(template["Resources"])
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{account}/eu-west-1",
            "properties": {"templateFile": f"{name}.template.json", "stackName": name},
        }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return count


def _templates(services: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return the templates of services in a ring, each of which consumes from the next few."""
    from cdk_eventbridge_patterns.access import Consumer  # noqa: PLC0415 - just one of the processes needs it
    from cdk_eventbridge_patterns.contracts import EventContract  # noqa: PLC0415
    from cdk_eventbridge_patterns.naming import BusReference, NamingConvention  # noqa: PLC0415
    from cdk_eventbridge_patterns.plan import Consumes  # noqa: PLC0415
    from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue_policy, plan_dead_letter_queue  # noqa: PLC0415
    from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus  # noqa: PLC0415
    from cdk_eventbridge_patterns.plan.subscriber import Subscriber  # noqa: PLC0415
    from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions  # noqa: PLC0415

    naming, region = NamingConvention(organization="acme", stage="prod"), "eu-west-1"
    names = [f"service{index}" for index in range(services)]
    accounts = {name: f"{100_000_000_000 + index}" for index, name in enumerate(names)}
    events = {
        name: EventContract(service=name, event="OrderPlaced", detail={"type": "object"}, description="An order")
        for name in names
    }
    for index, name in enumerate(names):
        account = accounts[name]
        declaration = ServiceBusDeclaration(
            service=name,
            account=account,
            region=region,
            naming=naming,
            publishes=[events[name]],
            consumers=[Consumer(names[index - peer], accounts[names[index - peer]]) for peer in range(1, PEERS + 1)],
        )
        yield f"{name}Bus", account, plan_service_bus(declaration).template()
        lost = QueueAddress.of(naming, name, "dead-letters", account=account, region=region)
        subscriptions = [
            SubscriptionPlan(
                subscriber=Subscriber(service=name, bus=declaration.address, naming=naming),
                wanted=Consumes(events[peer], on=BusReference.of(peer, account=accounts[peer])),
                dead_letter_arn=lost.arn,
            )
            for peer in (names[(index + step) % services] for step in range(1, PEERS + 1))
        ]
        plan = plan_subscriptions(subscriptions)
        plan.include(plan_dead_letter_queue(lost, name))
        del plan.resources[lost.policy_id]  # it lets no rule in yet
        add_queue_policy(plan, lost, [each.rule_arn for each in subscriptions])
        yield f"{name}Subscriptions", account, plan.template()


def measure_checks(folder: Path) -> dict[str, float]:
    """Judge the assembly in *folder* by all checks, as the command line does: without looking for garbage."""
    gc.disable()
    start = time.perf_counter()
    from cdk_eventbridge_patterns.assembly import read_assembly, topology_of  # noqa: PLC0415 - its import counts
    from cdk_eventbridge_patterns.checks.judge import judge  # noqa: PLC0415
    from cdk_eventbridge_patterns.checks.registry import topology_checks  # noqa: PLC0415

    topology_checks()
    imported = time.perf_counter()
    topology = topology_of(read_assembly(folder))
    read = time.perf_counter()
    errors = [each for each in judge(topology) if each.severity.value == "error"]
    if errors:
        raise SystemExit(f"the estate should be right, got {errors[0]}")
    judged = time.perf_counter()
    return {
        "import": imported - start,
        "read": read - imported,
        "judge": judged - read,
        "total": judged - imported,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "checks": len(topology_checks()),
    }


def measure_cfn_lint(folder: Path) -> dict[str, float]:
    """Lint the templates of the assembly in *folder*."""
    from cfnlint.config import ConfigMixIn  # noqa: PLC0415 - just this process needs it
    from cfnlint.runner import Runner  # noqa: PLC0415

    files = sorted(map(str, folder.glob("*.template.json")))
    start = time.perf_counter()
    list(Runner(ConfigMixIn(["--regions", "eu-west-1", "--", *files])).run())
    return {"total": time.perf_counter() - start}


def measure_cdk_nag(stacks: int, checks: int) -> dict[str, float]:
    """Return what a callback costs by resource and check."""
    _synthesis(stacks, 0)  # loads what the first synthesis of a process loads
    return {"each": (_synthesis(stacks, checks) - _synthesis(stacks, 0)) / (stacks * BUSES * checks)}


def _synthesis(stacks: int, checks: int) -> float:
    """Return the seconds that synthesis takes with a pack of so many checks, which do nothing."""
    from aws_cdk import App, Environment, Stack, Validations  # noqa: PLC0415 - just this process needs Node
    from aws_cdk import aws_events as events  # noqa: PLC0415

    app = App(outdir=tempfile.mkdtemp())
    for index in range(stacks):
        stack = Stack(app, f"Stack{index}", env=Environment(account="111111111111", region="eu-west-1"))
        for number in range(BUSES):
            events.CfnEventBus(stack, f"Bus{number}", name=f"bus-{index}-{number}")
    if checks:
        Validations.of(app).add_plugins(_pack_of(app, checks))
    start = time.perf_counter()
    app.synth()
    return time.perf_counter() - start


def _pack_of(app: Any, checks: int) -> Any:  # noqa: ANN401 - of the CDK, which most processes here do without
    import cdk_nag  # noqa: PLC0415
    import jsii  # noqa: PLC0415

    @jsii.implements(cdk_nag.IApplyRule)
    class Nothing:
        rule_suffix_override = property(lambda _self: "NOTHING")
        info = property(lambda _self: "nothing")
        explanation = property(lambda _self: "nothing")
        level = property(lambda _self: cdk_nag.NagMessageLevel.ERROR)
        node = property(lambda self: self.resource)

        def __init__(self, resource: Any) -> None:  # noqa: ANN401
            self.resource = resource

        def rule(self, node: Any) -> cdk_nag.NagRuleCompliance:  # noqa: ANN401, ARG002 - the interface's name
            return cdk_nag.NagRuleCompliance.COMPLIANT

    class Pack(cdk_nag.NagPack):
        def __init__(self, scope: Any) -> None:  # noqa: ANN401
            super().__init__(scope)
            self._pack_name = "Benchmark"

        name = property(lambda _self: "Benchmark")

        def _check_resource(self, node: Any) -> None:  # noqa: ANN401
            for _ in range(checks):
                self._apply_rule(Nothing(node))

    return Pack(app)


def in_fresh_process(what: str, *arguments: object) -> dict[str, float]:
    """Return what one measurement prints in a process of its own."""
    environment = {**os.environ, "CDK_VALIDATION": "false", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20"}
    command = [sys.executable, __file__, f"--{what}", *map(str, arguments)]
    output = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    measured: dict[str, float] = json.loads(output.splitlines()[-1])
    return measured


def compare(sizes: list[int]) -> None:
    """Print all figures side by side."""
    nag = in_fresh_process("nag", 4, 3)["each"]
    print(f"cdk-nag by resource: {nag * 1e6:.0f} µs for each resource and check\n")
    print(f"{'stacks':>7} {'resources':>9} {'checks':>6} {'read':>7} {'judge':>7} {'total':>7} {'µs/res.':>8} {'MB':>5}"
          f" {'cfn-lint':>9} {'ratio':>6} {'by cdk-nag, multiplied':>23}")  # fmt: skip
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            count = write_assembly(folder, size)
            runs = [in_fresh_process("checks", folder) for _ in range(ROUNDS)]
            ours = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            lint = in_fresh_process("lint", folder)["total"]
        by_nag = nag * count * ours["checks"]
        print(f"{size:7} {count:9} {ours['checks']:6.0f} {ours['read']:6.2f}s {ours['judge']:6.2f}s"
              f" {ours['total']:6.2f}s {ours['total'] / count * 1e6:8.0f} {ours['MB']:5.0f} {lint:8.1f}s"
              f" {lint / ours['total']:5.0f}x {by_nag:15.0f}s {by_nag / ours['total']:5.0f}x")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Compare, or, in a process of its own, measure."""
    what = arguments[0] if arguments else ""
    if what == "--checks":
        print(json.dumps(measure_checks(Path(arguments[1]))))
    elif what == "--lint":
        print(json.dumps(measure_cfn_lint(Path(arguments[1]))))
    elif what == "--nag":
        print(json.dumps(measure_cdk_nag(int(arguments[1]), int(arguments[2]))))
    else:
        compare([int(each) for each in arguments] or list(SIZES))


if __name__ == "__main__":
    main(sys.argv[1:])
