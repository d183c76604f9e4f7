from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.matching import EventPattern, RuleSet


def a_rule_set(**patterns: dict[str, Any]) -> RuleSet:
    return RuleSet({name: EventPattern.parse(pattern) for name, pattern in patterns.items()})


def test_rules_that_match_are_named_in_their_order() -> None:
    rules = a_rule_set(
        billing={"source": ["com.acme.orders"]},
        all={"account": [{"exists": True}]},
        fulfilment={"source": ["com.acme.billing"]},
        audit={"source": [{"prefix": "com.acme."}]},
    )

    assert rules.matching({"source": "com.acme.orders", "account": "111111111111"}) == ("billing", "all", "audit")


def test_a_rule_whose_alternatives_all_match_is_named_once() -> None:
    rules = a_rule_set(billing={"$or": [{"status": ["paid"]}, {"total": [1]}]})

    assert rules.matching('{"status": "paid", "total": 1}') == ("billing",)


def test_no_rules_match_nothing() -> None:
    assert RuleSet({}).matching({"source": "com.acme.orders"}) == ()


def test_of_many_rules_those_are_found_that_match() -> None:
    rules = a_rule_set(
        **{
            f"rule{number}": {
                "source": [f"com.acme.s{number % 5}"],
                "detail": {"id": [number, f"{number}"], "ip": [f"10.0.0.{number % 9}", None]},
            }
            for number in range(200)
        }
    )

    assert rules.matching({"source": "com.acme.s2", "detail": {"id": "17", "ip": "010.0.0.8"}}) == ("rule17",)
    assert rules.matching({"source": "com.acme.s2", "detail": {"id": [17, "22", 23], "ip": [None]}}) == (
        "rule17",
        "rule22",
    )
    assert rules.matching({"source": "com.acme.s2", "detail": {"ip": None}}) == ()


def test_what_many_rules_ask_alike_is_still_asked_of_the_same_element_of_an_array() -> None:
    rules = a_rule_set(
        **{f"red{number}": {"items": {"sku": [f"mug{number % 3}"], "colour": ["red"]}} for number in range(9)}
    )

    event = {"items": [{"sku": "mug1", "colour": "red"}, {"sku": "mug2", "colour": "blue"}]}

    assert rules.matching(event) == ("red1", "red4", "red7")
