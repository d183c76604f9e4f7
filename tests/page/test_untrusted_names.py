"""Whoever writes templates that are read can't have the page run, load or show anything but text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.diagrams.page import page_of
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_location,
    a_queue,
    a_rule,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.stamp import Stamp

EVIL = "</script></style><img src=https://evil.example/x onerror=window.hacked=1>\u2028&lt;'\"`${1}"
POINTER = "\ue0000\ue001"


@pytest.fixture
def evil_file(tmp_path: Path) -> Path:
    """A page in which every name is hostile."""
    event = an_event(f"E{EVIL}", service=f"s{EVIL}")
    statement = {
        "Sid": EVIL,
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": "events:PutRule",
        "Resource": f"arn:aws:events:eu-west-1:{ORDERS}:rule/{EVIL}/*",
        "Condition": {"StringEquals": {f"aws:{EVIL}": EVIL}},
    }
    topology = a_topology(
        a_bus(EVIL, stamp=Stamp(service=EVIL, owner=EVIL, publishes=(event,))),
        a_bus_policy(statement, on=bus_arn(EVIL)),
        a_rule(
            a_target(queue_arn(EVIL), id=EVIL, input={"Input": EVIL}),
            name=EVIL + POINTER,
            on=bus_arn(EVIL),
            stamp=Stamp(service=EVIL, consumes=(event.name,)),
            event_pattern={"source": [event.source], "detail-type": [event.detail_type]},
            location=a_location("Rule", EVIL),
        ),
        a_queue(EVIL),
    )
    finding = Finding(
        check_id="DLV001", severity=Severity.ERROR, message=EVIL + POINTER, fix=EVIL, location=a_location("Rule", EVIL)
    )
    file = tmp_path / "evil.html"
    file.write_text(page_of(topology, [finding], title=EVIL), encoding="utf-8")
    return file


@pytest.mark.parametrize("view", ["about", "trace", "consumers", "findings", "access"])
def test_hostile_names_are_shown_as_they_are_and_do_nothing(
    open_file: Callable[..., Page], evil_file: Path, view: str
) -> None:
    page = open_file(evil_file)
    for kind in ("event", "service", "account", "bus", "rule", "target"):
        page.locator(f".result.{kind}").first.click()
        page.get_by_role("tab").nth(["about", "trace", "consumers", "findings", "access"].index(view)).click()

        assert page.locator("img, iframe, object, embed, link").count() == 0
        assert page.evaluate("window.hacked") is None
    expect(page.get_by_role("heading", level=1)).to_have_text(EVIL)
