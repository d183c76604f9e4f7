"""What a whole estate costs from its services file to the verdict of all checks: 3 to 300 accounts, 10 to 1,000 flows.

python -m benchmarks.synthesis [ACCOUNTS ...]

Every row is of fresh processes: one loads the file, constructs and synthesizes, another reads the templates and runs
all checks. `load` is from files to services, `build` the constructs, `synth` the CDK's own work. CPU and memory are of
Python and of Node, which does most of it; on Linux only. The CDK's validation of templates is off, as in inner loops.
The import of the CDK, once, is not counted. The second table is of the same estates: how full the quotas are, with
policies that let in an organisation and with policies that name each consumer. The third is of the one pipeline of
`examples/pipeline`, if it deployed the whole estate. Trust the ratios.
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
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.estates.processes import descendants, most_memory, seconds_of_cpu

ROOT = Path(__file__).parents[1]
SIZES = (3, 30, 100, 300)
ROUNDS = 3
ORGANIZATION = "o-exampleorg1"
ANY_QUOTA = 1_000_000


def measure_synthesis(file: Path, assembly: Path, *, named: bool) -> dict[str, float]:
    """Make the assembly of an estate; with consumers *named* in the policies of buses, however long those get."""
    from aws_cdk import App  # noqa: PLC0415 - just this process needs Node

    from cdk_eventbridge_patterns import MultiBusTopology, NamingConvention, services_from_file  # noqa: PLC0415

    app = App(outdir=str(assembly))
    times, used = [time.perf_counter()], [time.process_time()]
    services = services_from_file(file)
    times.append(time.perf_counter())
    MultiBusTopology(
        app,
        "Estate",
        services=services,
        region="eu-west-1",
        organization_id=None if named else ORGANIZATION,
        policy_quota=ANY_QUOTA,
        convention=NamingConvention(organization="acme", stage="prod"),
    )
    times.append(time.perf_counter())
    app.synth()
    times.append(time.perf_counter())
    used.append(time.process_time())
    node = [(seconds_of_cpu(each), most_memory(each)) for each in descendants(os.getpid())]
    return {
        "load": times[1] - times[0],
        "build": times[2] - times[1],
        "synth": times[3] - times[2],
        "total": times[3] - times[0],
        "cpu": used[1] - used[0],
        "node cpu": sum(cpu for cpu, _ in node),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "node MB": sum(most for _, most in node),
    }


def measure_checks(assembly: Path, *, named: bool) -> dict[str, float]:
    """Read an assembly and run all checks; then count what quotas count."""
    start = time.perf_counter()
    from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA  # noqa: PLC0415 - its import counts
    from cdk_eventbridge_patterns.assembly import read_assembly, topology_of  # noqa: PLC0415
    from cdk_eventbridge_patterns.checks.finding import Severity  # noqa: PLC0415
    from cdk_eventbridge_patterns.checks.judge import judge  # noqa: PLC0415
    from cdk_eventbridge_patterns.checks.quotas.crowded import rules_by_bus  # noqa: PLC0415

    imported = time.perf_counter()
    topology = replace(topology_of(read_assembly(assembly)), organization=ORGANIZATION)
    read = time.perf_counter()
    found = [each for each in judge(topology) if not each.undecided and each.severity is not Severity.INFO]
    judged = time.perf_counter()
    # Named consumers of a hub are more than a policy has room for: that is what is counted.
    if [each for each in found if not (named and each.check_id == "QTA004")]:
        raise SystemExit(f"the estate should be right, got {found[0]}")
    policies = [
        sum(statement.size for policy in topology.policies_on(bus.arn) for statement in policy.statements)
        for bus in topology.buses
    ]
    templates = [json.loads(file.read_text())["Resources"] for file in assembly.glob("*.template.json")]
    return {
        "import": imported - start,
        "read": read - imported,
        "judge": judged - read,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stacks": len(templates),
        "resources": sum(map(len, templates)),
        "most resources": max(map(len, templates)),
        "longest policy": max(policies),
        "policies too long": sum(size > DEFAULT_POLICY_QUOTA for size in policies),
        "most rules": max(len(rules) for _, rules in rules_by_bus(topology)),
    }


def measure_pipeline(file: Path) -> dict[str, float]:
    """Return how large the pipeline of an estate is, in what AWS limits."""
    from aws_cdk import App  # noqa: PLC0415 - just this process needs Node

    from examples.pipeline.app import PipelineStack  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        app = App(outdir=folder)
        PipelineStack(app, "Pipeline", services=file, organization_id=ORGANIZATION)
        app.synth()
        text = Path(folder, "Pipeline.template.json").read_text()
    resources = json.loads(text)["Resources"].values()
    (pipeline,) = [each["Properties"] for each in resources if each["Type"] == "AWS::CodePipeline::Pipeline"]
    (policy,) = [each["Properties"] for each in resources if each["Type"] == "AWS::S3::BucketPolicy"]
    return {
        "stages": len(pipeline["Stages"]),
        "actions": sum(len(stage["Actions"]) for stage in pipeline["Stages"]),
        "bucket policy": len(json.dumps(policy["PolicyDocument"], separators=(",", ":"))),
        "managed policies": sum(each["Type"] == "AWS::IAM::ManagedPolicy" for each in resources),
        "template": len(json.dumps(json.loads(text), separators=(",", ":"))),
    }


def in_fresh_process(*command: object) -> dict[str, Any]:
    """Return what a measurement prints in a process of its own."""
    environment = {
        **os.environ,
        "CDK_VALIDATION": "false",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, *map(str, command)]
    output = subprocess.run(words, capture_output=True, text=True, check=True, env=environment, cwd=ROOT).stdout
    measured: dict[str, Any] = json.loads(output.splitlines()[-1])
    return measured


def measured(accounts: int) -> Iterator[dict[str, float]]:
    """Return all figures of an estate: with an organisation, then with named consumers, then of its pipeline."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "tests.large_estate", folder, str(accounts)],
            check=True,
            capture_output=True,
            cwd=ROOT,
        )
        for access in ("organization", "named"):
            runs = []
            for number in range(ROUNDS if access == "organization" else 1):
                assembly = folder / f"{access}{number}"
                built = in_fresh_process(__file__, "--synthesis", folder / "services.yaml", assembly, access)
                judged = in_fresh_process(__file__, "--checks", assembly, access)
                runs.append({**{f"{key} of checks": value for key, value in judged.items()}, **built})
            yield {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        yield in_fresh_process(__file__, "--pipeline", folder / "services.yaml")


def compare(sizes: list[int]) -> None:
    """Print all figures side by side."""
    rows = {size: list(measured(size)) for size in sizes}
    print(f"{'accounts':>8} {'stacks':>6} {'resources':>9} {'load':>7} {'build':>7} {'synth':>7} {'total':>7}"
          f" {'ms/acc.':>7} {'CPU Python':>11} {'CPU Node':>9} {'MB Python':>10} {'MB Node':>8}"
          f" {'read':>6} {'judge':>7} {'MB':>5}")  # fmt: skip
    for size, (row, _, _) in rows.items():
        print(f"{size:8} {row['stacks of checks']:6.0f} {row['resources of checks']:9.0f} {row['load']:6.2f}s"
              f" {row['build']:6.2f}s {row['synth']:6.2f}s {row['total']:6.2f}s {row['total'] / size * 1e3:7.0f}"
              f" {row['cpu']:10.1f}s {row['node cpu']:8.1f}s {row['MB']:10.0f} {row['node MB']:8.0f}"
              f" {row['read of checks']:5.2f}s {row['judge of checks']:6.2f}s {row['MB of checks']:5.0f}")  # fmt: skip
    print(f"\n{'accounts':>8} {'most rules on a bus':>20} {'most resources in a stack':>26}"
          f" {'longest policy: organisation':>29} {'named':>7} {'named, over the quota':>22}")  # fmt: skip
    for size, (row, named, _) in rows.items():
        print(f"{size:8} {row['most rules of checks']:20.0f} {row['most resources of checks']:26.0f}"
              f" {row['longest policy of checks']:29.0f} {named['longest policy of checks']:7.0f}"
              f" {named['policies too long of checks']:15.0f} buses")  # fmt: skip
    print(f"\n{'accounts':>8} {'stages':>7} {'actions':>8} {'artifact bucket policy':>23} {'managed policies':>17}"
          f" {'template':>10}")  # fmt: skip
    for size, (_, _, pipeline) in rows.items():
        print(f"{size:8} {pipeline['stages']:7.0f} {pipeline['actions']:8.0f} {pipeline['bucket policy']:23.0f}"
              f" {pipeline['managed policies']:17.0f} {pipeline['template']:10.0f}")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Compare, or, in a process of its own, measure."""
    what = arguments[0] if arguments else ""
    named = arguments[-1:] == ["named"]
    if what == "--synthesis":
        print(json.dumps(measure_synthesis(Path(arguments[1]), Path(arguments[2]), named=named)))
    elif what == "--pipeline":
        print(json.dumps(measure_pipeline(Path(arguments[1]))))
    elif what == "--checks":
        print(json.dumps(measure_checks(Path(arguments[1]), named=named)))
    else:
        compare([int(each) for each in arguments] or list(SIZES))


if __name__ == "__main__":
    main(sys.argv[1:])
