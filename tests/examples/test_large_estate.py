"""An estate of 300 accounts and 1,000 flows, declared in a file: every flow stands where it must, checks find nothing.

Synthesized once, in about 20 seconds. What it costs, and where the time goes, is measured by `benchmarks/synthesis.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from aws_cdk import App

from cdk_eventbridge_patterns import MultiBusTopology, NamingConvention, Service, services_from_file
from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.large_estate import write_estate
from tests.templates import SynthesizedStack, synthesize

ACCOUNTS, FLOWS = 300, 1_000
REGION = "eu-west-1"
ORGANIZATION = "o-exampleorg1"
ACME = NamingConvention(organization="acme", stage="prod")

Stacks = dict[str, SynthesizedStack]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Service]:
    return services_from_file(write_estate(tmp_path_factory.mktemp("estate"), ACCOUNTS, FLOWS))


@pytest.fixture(scope="module")
def stacks(services: Sequence[Service], tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    # Nobody reads here where in the code a resource was made.
    context = {"aws:cdk:disable-creation-stack-traces": True}
    app = App(outdir=str(tmp_path_factory.mktemp("large")), context=context)
    MultiBusTopology(app, "Estate", services=services, region=REGION, organization_id=ORGANIZATION, convention=ACME)
    return synthesize(app)


@pytest.fixture(scope="module")
def topology(stacks: Stacks) -> Topology:
    (folder,) = {stack.template_file.parent for stack in stacks.values()}
    return replace(topology_in(folder), organization=ORGANIZATION)


def test_the_file_declares_300_accounts_and_1_000_flows(services: Sequence[Service]) -> None:
    assert len({service.account for service in services}) == ACCOUNTS
    assert sum(len(service.wanted_events) for service in services) == FLOWS


def test_every_flow_has_its_rule_in_the_consumers_stack_on_the_producers_bus(
    services: Sequence[Service], stacks: Stacks
) -> None:
    accounts = {service.name: service.account for service in services}
    declared = Counter(
        (
            service.account,
            f"arn:aws:events:{REGION}:{accounts[event.service]}:event-bus/acme-prod-{event.service}",
            f"arn:aws:events:{REGION}:{service.account}:event-bus/acme-prod-{service.name}"
            + ("--inbox" if service.separate_inbox else ""),
            event.event_type(ACME).source,
            event.event_type(ACME).detail_type,
        )
        for service in services
        for event in service.wanted_events
    )

    made = Counter(
        (stack.account, rule["EventBusName"], target["Arn"], source, detail_type)
        for stack in stacks.values()
        for rule in (each["Properties"] for each in stack.of_type("AWS::Events::Rule").values())
        if rule["EventBusName"].startswith("arn:")
        for target in rule["Targets"]
        for source in rule["EventPattern"]["source"]
        for detail_type in rule["EventPattern"]["detail-type"]
    )

    assert made == declared


def test_no_stack_waits_for_one_that_waits_itself_so_two_waves_deploy_all(stacks: Stacks) -> None:
    first = {path for path, stack in stacks.items() if not stack.dependencies}

    assert any(stack.dependencies for stack in stacks.values())
    assert all(stack.dependencies <= first for stack in stacks.values())


def test_the_checks_find_nothing_to_mend(topology: Topology) -> None:
    found = [finding for finding in judge(topology) if finding.severity is not Severity.INFO]

    assert [finding.message for finding in found] == []
