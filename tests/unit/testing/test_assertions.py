"""What teams assert of their own apps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.checks import Severity
from cdk_eventbridge_patterns.checks.settings import Settings
from cdk_eventbridge_patterns.testing import assert_no_findings, findings_in

RULE = """
Resources:
  Ship:
    Type: AWS::Events::Rule
    Properties:
      Name: ship
      EventBusName: acme-prod-orders
      EventPattern: {source: [com.acme.orders], detail-type: [OrderPlaced.v1]}
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "template.yaml"
    file.write_text(RULE)
    return file


def test_what_is_found_fails_the_test_with_place_and_fix(template: Path) -> None:
    with pytest.raises(AssertionError) as failed:
        assert_no_findings(template)

    assert str(failed.value) == (
        "1 finding:\n"
        "  warning DLV012 template.yaml/Ship\n"
        "    rule 'ship' has no target\n"
        "    fix: give it a target, or take the rule away"
    )


def test_a_check_that_is_off_or_matters_less_does_not_fail_it(template: Path) -> None:
    assert_no_findings(template, settings=Settings(levels={"DLV012": None}))
    assert_no_findings(template, at_least=Severity.ERROR)


def test_templates_are_judged_together(template: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(RULE.replace("Ship", "Bill"))

    assert {each.location.logical_id for each in findings_in(template, other)} == {"Ship", "Bill"}


def test_the_pytest_plugin_makes_a_test_of_a_path(template: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--eventbridge-check", str(template), "-p", "no:cacheprovider"]
    result = subprocess.run(command, cwd=template.parent, capture_output=True, text=True, check=False)  # noqa: S603

    assert result.returncode == 1
    assert "warning DLV012 template.yaml/Ship" in result.stdout
