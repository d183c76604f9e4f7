"""Differences as others read them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.differences import Difference, Kind, Use
from cdk_eventbridge_patterns.reports.differences import FORMATS, words
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Undecided

USE = Use(
    account="222222222222",
    service="billing",
    rule="ship",
    rule_arn="arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship",
    target="arn:aws:sqs:eu-west-1:222222222222:invoices",
    reason="its target arn:aws:sqs:eu-west-1:222222222222:invoices gets the whole event",
    breaking=True,
    location=Location(stack="Billing", logical_id="Ship", template_file="billing.json"),
)
BREAKING = Difference(
    kind=Kind.EVENT_CHANGED,
    name="orders/OrderPlaced.v1",
    path="detail.total",
    told="field removed",
    breaking=True,
    by_contract=True,
    where=(("111111111111", "eu-west-1"),),
    uses=(USE,),
)
UNDECIDED = replace(BREAKING, breaking=Undecided("it is parameter 'Stage'"), uses=())
UNUSED = replace(BREAKING, breaking=False, uses=())
ADDED = Difference(kind=Kind.BUS_ADDED, name="acme-prod-orders", breaking=False)


def as_json(*differences: Difference) -> Any:
    return json.loads(FORMATS["json"](differences, ["a note"]))


def as_markdown(*differences: Difference) -> str:
    return FORMATS["markdown"](differences, ["a note"])


# -- JSON


def test_json_tells_the_whole_of_a_use() -> None:
    (difference,) = as_json(BREAKING)["differences"]

    assert difference["uses"] == [
        {
            "account": "222222222222",
            "service": "billing",
            "rule": "ship",
            "ruleArn": USE.rule_arn,
            "target": USE.target,
            "reason": USE.reason,
            "breaking": "yes",
            "undecided": None,
            "file": "billing.json",
            "construct": "Billing/Ship",
        }
    ]


def test_json_says_why_something_is_undecided_and_what_the_contract_says() -> None:
    (difference,) = as_json(UNDECIDED)["differences"]

    assert (difference["breaking"], difference["undecided"]) == ("undecided", "it is parameter 'Stage'")
    assert difference["byContract"] == {"breaking": "yes", "undecided": None}


def test_json_has_the_same_keys_for_everything() -> None:
    changed, added = as_json(BREAKING, ADDED)["differences"]

    assert changed.keys() == added.keys()
    assert (added["path"], added["byContract"], added["where"], added["uses"]) == (None, None, [], [])


def test_json_has_the_notes() -> None:
    assert as_json()["notes"] == ["a note"]


# -- Markdown


def test_markdown_has_what_breaks_first_and_folds_the_rest() -> None:
    text = as_markdown(BREAKING, UNDECIDED, UNUSED)

    table, undecided, harmless = text.split("<details>")
    assert table.startswith("### EventBridge: 1 breaking, 1 undecided, 1 not breaking\n")
    assert (
        "| event changed: orders/OrderPlaced.v1, detail.total: field removed | 111111111111 eu-west-1 | rule 'ship'"
        in table
    )
    assert "<summary>1 undecided</summary>" in undecided
    assert "undecided: it is parameter 'Stage'" in undecided
    assert "<summary>1 not breaking</summary>" in harmless
    assert "<br>breaking by the contract; no consumer that was read uses it" in harmless
    assert text.endswith("- a note\n")


def test_markdown_of_no_differences_says_so() -> None:
    assert FORMATS["markdown"]([], []) == "### EventBridge: no differences\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("a\\|b", r"a\\\|b"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("`code` *b* _c_", r"\`code\` \*b\* \_c\_"),
        ("![](x)", r"!\[\](x)"),
        ("two\nlines", "two lines"),
        ("@team", "@&#8203;team"),
    ],
)
def test_markdown_shows_what_stands_in_templates_as_text(text: str, shown: str) -> None:
    assert f"| event changed: {shown}, detail.total: field removed |" in as_markdown(replace(BREAKING, name=text))


def test_markdown_stays_within_what_a_comment_may_have() -> None:
    many = [replace(BREAKING, name=f"orders/Event{number}.v1") for number in range(2_000)]

    text = as_markdown(*many, *(replace(each, breaking=False) for each in many))

    assert len(text) < 65_536
    assert " more | | |" in text
    assert text.startswith("### EventBridge: 2000 breaking, 0 undecided, 2000 not breaking")


# -- words


def test_those_that_break_come_first_and_each_once() -> None:
    other = replace(USE, rule="audit", breaking=False, reason="its event pattern asks for detail.total")
    second = replace(USE, reason="its target reads $.detail")

    assert list(words.lines(replace(BREAKING, uses=(other, USE, second)))) == [
        f"rule 'ship' of billing in account 222222222222: {USE.reason}; its target reads $.detail",
        "rule 'audit' of billing in account 222222222222: its event pattern asks for detail.total",
    ]


def test_an_account_or_region_that_is_not_known_is_left_out_of_the_words() -> None:
    difference = replace(BREAKING, where=(("«account of base»", "«Region of base»"),))

    assert words.where(difference) == ""
    assert replace(USE, account="«account of base»").who == "rule 'ship' of billing in an account that is not known"


def test_the_event_as_a_whole_has_a_name() -> None:
    assert words.title(replace(BREAKING, path="")) == "event changed: orders/OrderPlaced.v1, the event: field removed"
