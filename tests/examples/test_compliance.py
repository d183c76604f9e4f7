"""What other people's tools and reviewers ask of every template of every example: see `docs/compliance.md`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.compliance import checkov
from tests.compliance.cfn_lint import lint
from tests.compliance.packs import PACKS, acknowledged, violations
from tests.compliance.report import PAGE, with_tables
from tests.compliance.wildcards import WILDCARDS, unlisted, used
from tests.examples.assemblies import EXAMPLES, templates
from tests.examples.synthesize import BROKEN

every_example = pytest.mark.parametrize("example", EXAMPLES)


# -- cfn-lint


@every_example
def test_cfn_lint_finds_nothing(assemblies: Path, example: str) -> None:
    assert lint(templates(assemblies / example)) == []


def test_cfn_lint_would_find_a_fault(assemblies: Path) -> None:
    found = lint(templates(assemblies / BROKEN))

    assert any("[E3034: " in each and "5 is less than the minimum of 60" in each for each in found)


# -- The CDK's own validation, and cdk-nag


@every_example
def test_no_plugin_finds_anything(assemblies: Path, example: str) -> None:
    assert violations(assemblies / example) == []


@every_example
def test_what_is_acknowledged_is_so_with_a_reason(assemblies: Path, example: str) -> None:
    for each in acknowledged(assemblies / example):
        assert each.check.partition("::")[0] in PACKS
        assert each.reason.endswith(".")


def test_each_would_find_a_fault(assemblies: Path) -> None:
    assert set(violations(assemblies / BROKEN)) == {
        "F3034 at Broken/Queue",
        "AwsSolutions-SQS3 at Broken/Queue",
        "AwsSolutions-SQS4 at Broken/Queue",
        "Serverless-SQSRedrivePolicy at Broken/Queue",
        "NIST.800.53.R5-CloudWatchAlarmAction at Broken/Alarm",
    }


# -- checkov, which is installed apart


@pytest.fixture
def installed() -> None:
    """Skip where checkov is not installed, unless `make compliance` runs the tests."""
    if not checkov.is_installed():
        is_asked_for = "COMPLIANCE" in os.environ
        (pytest.fail if is_asked_for else pytest.skip)("checkov is not installed: run make compliance")


@pytest.mark.usefixtures("installed")
def test_checkov_finds_nothing_but_the_fault_that_is_there(assemblies: Path) -> None:
    found, judged = checkov.judged(assemblies)

    resources = [json.loads(file.read_text()).get("Resources", {}) for file in templates(assemblies)]
    assert judged == sum(map(len, resources))
    assert found == [f"CKV_AWS_27 at AWS::SQS::Queue.Queue in /{BROKEN}/Broken.template.json"]


@every_example
def test_what_checkov_must_not_judge_has_a_reason(assemblies: Path, example: str) -> None:
    for file in templates(assemblies / example):
        for each in checkov.skipped(json.loads(file.read_text())):
            assert each.reason.endswith(".")


# -- Who may do what


@every_example
def test_no_statement_has_a_wildcard_that_is_not_listed(assemblies: Path, example: str) -> None:
    found = {file.name: unlisted(json.loads(file.read_text())) for file in templates(assemblies / example)}

    assert {name: each for name, each in found.items() if each} == {}


def test_every_wildcard_that_is_listed_is_there(assemblies: Path) -> None:
    there = {
        each
        for example in EXAMPLES
        for file in templates(assemblies / example)
        for each in used(json.loads(file.read_text()))
    }

    assert [each.reason for each in WILDCARDS if each not in there] == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ({"Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:111111111111:q"}, "'sqs:*' as Action"),
        ({"Action": "sqs:SendMessage", "Resource": "*"}, "'*' as Resource"),
        ({"Action": "sqs:SendMessage", "Principal": "*"}, "'*' as Principal"),
        ({"Action": "sqs:SendMessage", "Principal": {"AWS": ["*"]}}, "'*' as Principal"),
        ({"NotAction": "sqs:SendMessage"}, "'sqs:SendMessage' as NotAction"),
        ({"Action": "a:B", "Resource": {"Fn::Join": ["", [{"Ref": "Q"}, "/*"]]}}, "'<Q>/*' as Resource"),
        ({"Action": "a:B", "Resource": {"Fn::Sub": "${Q}*"}}, "as Resource"),
    ],
)
def test_a_wildcard_would_be_found(statement: dict[str, object], found: str) -> None:
    document = {"Statement": [{"Effect": "Allow", **statement}]}
    as_text = {"Type": "AWS::Logs::ResourcePolicy", "Properties": {"PolicyDocument": json.dumps(document)}}
    resources = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [document]}}, "Logs": as_text}

    assert [found in each for each in unlisted({"Resources": resources})] == [True, True]


def test_what_is_denied_may_be_denied_to_all() -> None:
    document = {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}

    assert unlisted({"Resources": {"P": {"Type": "AWS::SQS::QueuePolicy", "Properties": document}}}) == []


# -- The page


def test_the_tables_of_the_page_are_not_stale(assemblies: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == with_tables(page, assemblies), "run `python -m tests.compliance.report`"
