import pytest

from cdk_eventbridge_patterns.topology.text import generated, is_known, like, same, unknown, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

QUEUE = generated("Orders/Queue")
STAGE = unknown("parameter 'Stage'")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("acme-prod", "acme-prod", True),
        ("acme-prod", "acme-test", False),
        (f"arn:{QUEUE}", f"arn:{QUEUE}", True),
        (f"arn:{STAGE}", f"arn:{STAGE}", True),
        (QUEUE, "acme-prod", False),
        (QUEUE, generated("Billing/Queue"), False),
        (f"acme-{STAGE}", "acme-prod", None),
        (f"acme-{STAGE}", "zeta-prod", False),
        (f"acme-{STAGE}-orders", "acme-prod-billing", False),
        (STAGE, QUEUE, None),
        (f"{STAGE}-a", f"{unknown('parameter Region')}-b", False),
        ("acme*", "acme-prod", False),
    ],
)
def test_two_texts_are_the_same_or_not_or_nobody_knows(one: str, other: str, answer: bool | None) -> None:
    for result in (same(one, other), same(other, one)):
        assert isinstance(result, Undecided) if answer is None else result is answer


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("*", STAGE, True),
        ("arn:*:bus", "arn:aws:bus", True),
        ("arn:?:bus", "arn:aws:bus", False),
        ("arn:???:bus", "arn:aws:bus", True),
        ("acme-*", f"acme-{QUEUE}", True),
        ("acme-*", f"{QUEUE}", None),
        ("acme-*", "zeta", False),
        (f"acme-{STAGE}-*", "acme-prod-orders", None),
        (f"acme-{STAGE}-*", f"acme-{STAGE}-orders", True),
        (f"acme-{STAGE}-*", "zeta-prod-orders", False),
        ("acme-orders", QUEUE, False),
        ("acme.orders", "acmeXorders", False),
        ("a*b*c", f"a{STAGE}c", None),
        ("a*c", f"a{STAGE}c", True),
        ("?", STAGE, None),
        ("*name of*", QUEUE, None),
    ],
)
def test_a_text_fits_a_wildcard_or_not_or_nobody_knows(pattern: str, text: str, answer: bool | None) -> None:
    result = like(pattern, text)

    assert isinstance(result, Undecided) if answer is None else result is answer


def test_what_is_undecided_names_what_would_decide_it() -> None:
    assert same(f"acme-{STAGE}", "acme-prod") == Undecided("parameter 'Stage' is known at deployment only")


def test_a_generated_name_says_which_one_is_meant_and_an_unknown_part_does_not() -> None:
    assert is_known(f"arn:{QUEUE}")
    assert not is_known(f"arn:{QUEUE}:{STAGE}")
    assert unknown_parts(f"arn:{QUEUE}:{STAGE}") == ["parameter 'Stage'"]
