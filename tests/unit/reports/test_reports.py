"""Findings as machines read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from sarif_pydantic import Sarif

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.reports import FORMATS
from cdk_eventbridge_patterns.reports.sarif import sarif_report
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location

FAULT = Finding(
    check_id="DLV001",
    severity=Severity.ERROR,
    message="target 'billing' of rule 'ship' has no dead-letter queue",
    fix="name a queue",
    location=Location(
        stack="Orders",
        logical_id="Ship",
        property_path="Targets.0",
        template_file="cdk.out/Orders.template.json",
        construct_path="Orders/Ship/Resource",
    ),
)
ACKNOWLEDGED = replace(
    FAULT,
    acknowledged=Acknowledgement(
        check_id="DLV001", reason="heartbeats only", owner="team-orders", expires=date(2027, 6, 30)
    ),
)
KNOWN = replace(FAULT, known=True, severity=Severity.WARNING)
UNDECIDED = replace(FAULT, undecided=True, severity=Severity.INFO, message="whether it does is undecided: <&\x00>")
OWN = replace(FAULT, check_id="ACME001", location=Location(stack="configuration", logical_id="Ship"))
ALL = [FAULT, ACKNOWLEDGED, KNOWN, UNDECIDED, OWN]


def run_of(*findings: Finding) -> Any:
    return json.loads(sarif_report(findings))["runs"][0]


def test_sarif_is_of_its_form() -> None:
    log = Sarif.model_validate_json(sarif_report(ALL))

    assert [result.rule_id for result in log.runs[0].results or []] == ["DLV001"] * 4 + ["ACME001"]


def test_a_sarif_result_names_check_file_logical_id_and_property() -> None:
    (result,) = run_of(FAULT)["results"]

    assert (result["ruleId"], result["level"]) == ("DLV001", "error")
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "cdk.out/Orders.template.json"
    (logical,) = location["logicalLocations"]
    assert logical["name"] == "Ship"
    assert logical["fullyQualifiedName"] == "Orders/Ship/Resource/Targets.0"


def test_an_acknowledged_finding_is_suppressed_with_reason_owner_and_expiry() -> None:
    (result,) = run_of(ACKNOWLEDGED)["results"]

    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "heartbeats only; owner: team-orders; expires: 2027-06-30",
        }
    ]


def test_what_the_baseline_has_is_unchanged_and_what_is_undecided_is_open() -> None:
    known, undecided = run_of(KNOWN, UNDECIDED)["results"]

    assert known["baselineState"] == "unchanged"
    assert (undecided["kind"], undecided["level"]) == ("open", "none")


def test_a_sarif_rule_brings_the_page_of_the_check() -> None:
    (rule,) = run_of(FAULT)["tool"]["driver"]["rules"]

    assert rule["name"] == "TargetWithoutDeadLetterQueue"
    assert "## Why this matters" in rule["help"]["markdown"]


def test_sarif_points_at_the_line_of_the_resource(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("Resources:\n  Bus:\n    Type: AWS::Events::EventBus\n  Ship:\n    Type: AWS::Events::Rule\n")
    (result,) = run_of(replace(FAULT, location=replace(FAULT.location, template_file=str(file))))["results"]

    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}


def test_junit_fails_on_what_is_new_and_skips_the_rest() -> None:
    (suite, _) = fromstring(FORMATS["junit"](ALL))  # noqa: S314 - our own

    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "3")
    (failure,) = suite.iter("failure")
    assert failure.get("message") == FAULT.message


def test_junit_has_a_passing_case_where_nothing_is_found() -> None:
    (suite,) = fromstring(FORMATS["junit"]([]))  # noqa: S314 - our own

    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_json_says_everything_of_a_finding() -> None:
    report = json.loads(FORMATS["json"]([ACKNOWLEDGED]))

    assert report == {
        "version": 1,
        "findings": [
            {
                "check": "DLV001",
                "severity": "error",
                "message": FAULT.message,
                "fix": "name a queue",
                "undecided": False,
                "known": False,
                "location": {
                    "file": "cdk.out/Orders.template.json",
                    "stack": "Orders",
                    "logicalId": "Ship",
                    "property": "Targets.0",
                    "construct": "Orders/Ship/Resource",
                },
                "acknowledged": {"reason": "heartbeats only", "owner": "team-orders", "expires": "2027-06-30"},
            }
        ],
    }


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_form_takes_odd_text(form: str) -> None:
    odd = replace(
        FAULT, message="«a» <b> & \x00 \ud800 ]]>", location=replace(FAULT.location, template_file="a b/ü.json")
    )

    assert FORMATS[form]([odd]).encode("utf-8", errors="replace")
