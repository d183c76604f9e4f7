"""The pictures of `docs/diagrams.md`: those of a retailer of fifty services, and that of `app.py`, for the README.

What is refused and what changes is made to be so here, in the templates of the retailer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.cli.app import app
from cdk_eventbridge_patterns.diagrams import folded, narrowed, picture_of, picture_of_changes, svg_of
from cdk_eventbridge_patterns.differences import State, differences, notes
from cdk_eventbridge_patterns.reports.differences.words import summary
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.retailer import ORGANIZATION, TAKES, retailer

IMAGES = Path(__file__).parents[2] / "docs" / "images"
REFERENCE = IMAGES / "reference_topology.svg"
REFERENCE_TITLE = "Blue, purple and orange"
_AFTER = {**TAKES, "refunds": ["ReturnReceived", "ParcelLost"], "support": ["TicketOpened"]}


def fifty_services() -> str:
    """Return all fifty, each one box."""
    return svg_of(folded(picture_of(_topology(retailer()), title="A retailer of fifty services")))


def one_event() -> str:
    """Return the way of one event, of which one consumer is refused."""
    topology = _topology([_refusing(each) for each in retailer()])
    faults = [each for each in judge(topology) if each.acknowledged is None and not each.undecided]
    picture = picture_of(topology, faults, title="refunds/RefundPaid.v1")
    return svg_of(narrowed(picture, ["refunds/RefundPaid.v1"]))


def a_change() -> str:
    """Return what a change of two services does to the estate."""
    base, head = (State(topology=_topology(retailer(takes))) for takes in (TAKES, _AFTER))
    found = differences(base, head)
    title = f"EventBridge: {summary(found)}"
    return svg_of(picture_of_changes(base, head, found, notes(base, head), title=title))


def reference(assembly: Path) -> str:
    """Return what the README shows: the reference topology, of which this is the assembly."""
    result = CliRunner().invoke(app, ["diagram", str(assembly), "--title", REFERENCE_TITLE])
    assert result.exit_code == 0, result.output
    return result.stdout


def synthesized_reference(folder: Path) -> Path:
    """Synthesize `app.py` into a folder, and return it."""
    environment = {**os.environ, "CDK_OUTDIR": str(folder)}
    subprocess.run([sys.executable, "app.py"], cwd=IMAGES.parents[1], env=environment, check=True)
    return folder


PICTURES: Mapping[str, Callable[[], str]] = {
    "fifty_services.svg": fifty_services,
    "one_event.svg": one_event,
    "a_change.svg": a_change,
}


def _topology(templates: list[Template]) -> Topology:
    return replace(topology_of(templates), organization=ORGANIZATION)


def _refusing(template: Template) -> Template:
    """Return the template of ledger with a dead-letter queue that lets no rule in; any other as it is."""
    if template.stack != "ledger-subscriptions":
        return template
    resources = template.body["Resources"]
    kept = {key: each for key, each in resources.items() if each["Type"] != "AWS::SQS::QueuePolicy"}
    return replace(template, body={**template.body, "Resources": kept})
