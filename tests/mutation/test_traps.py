"""The raw forms of the traps in plain CDK, T1 to T12, and the check that finds each.

`tests/synth/test_traps.py` has the same intents done right.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from aws_cdk import App

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.checks.judge import judge
from tests import templates
from tests.mutation import traps

Found = dict[str, dict[str, Finding]]


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All traps but T5, synthesized as plain CDK does it: without our feature flags."""
    app = App(outdir=str(tmp_path_factory.mktemp("traps")))
    traps.build(app)
    return Path(app.synth().directory)


@pytest.fixture(scope="session")
def found(assembly: Path) -> Found:
    """One finding of each check by stack: those of a trap are about its stacks alone."""
    found: Found = defaultdict(dict)
    for finding in judge(topology_of(read_assembly(assembly))):
        if not finding.undecided:
            found[finding.location.stack][finding.check_id] = finding
    return found


@pytest.mark.parametrize(
    ("stack", "check_id", "message"),
    [
        pytest.param("T1Orders", "TOP008", "t1-receiver does not let role", id="T1-receiver-refuses"),
        pytest.param("T2Orders", "ACC014", "whose policy does not let account 111111111111 in", id="T2-no-bus-policy"),
        pytest.param("T3Orders", "TOP006", "event-bus/default, has no role", id="T3-default-bus-without-role"),
        pytest.param("T4Billing", "TOP010", "is on bus 't4-orders' of account 222222222222", id="T4-wrong-account"),
        pytest.param("T6", "ENC005", "archive 't6' has no key", id="T6-key-ignored"),
        pytest.param("T7", "ENC001", "keeps rule 't7' out", id="T7-dead-letter-queue-with-key"),
        pytest.param("T8", "ENC002", "encrypted by alias/aws/sqs", id="T8-managed-key"),
        pytest.param("T10", "TOP001", "'t10-further' would carry to", id="T10-second-hop"),
        pytest.param("T10", "TOP002", "'t10-back' sends back to", id="T10-loop"),
        pytest.param("T11", "CON001", "detail-type must be a list of at least one", id="T11-empty-list"),
        pytest.param("T12", "OBS004", "for ever", id="T12-kept-for-ever"),
    ],
)
def test_the_raw_form_is_found(found: Found, stack: str, check_id: str, message: str) -> None:
    assert message in found[stack][check_id].message


def test_the_stack_that_the_cdk_adds_for_a_queue_of_another_account_opens_its_default_bus(found: Found) -> None:
    added = next(stack for stack in found if stack.startswith("EventBusPolicy-"))

    assert "may publish events of any source" in found[added]["ACC009"].message


def test_the_cdk_refuses_by_itself_two_stacks_that_need_each_other(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    traps.t5(app)

    with pytest.raises(RuntimeError, match="cyclic reference"):
        app.synth()


def test_of_a_service_that_was_let_publish_nothing_is_left_in_the_template_to_be_found(
    assembly: Path, found: Found
) -> None:
    """A known miss: just the CDK's own warning is left, in the metadata of the assembly."""
    stack = templates.read_assembly(assembly)["T9"]

    assert list(stack.resources) == ["BusEA82B648"]
    assert stack.warnings()[0].startswith("Unable to grant PutEvents to service principal")
    assert "T9" not in found


def test_an_archive_has_no_tags_to_be_missed(assembly: Path) -> None:
    """T12 is two traps: the type has no property for tags, so no template can be wrong there."""
    archive = templates.read_assembly(assembly)["T12"].one("AWS::Events::Archive")

    assert archive["RetentionDays"] == 0
    assert "Tags" not in archive
