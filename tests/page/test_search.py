from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

World = Callable[..., Page]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("placed", "OrderPlaced.v1 orders"),
        ("team-orders", "orders team-orders"),
        ("1111", "111111111111 eu-west-1 · billing · orders · search · shipping · stock"),
        ("shipping in", "acme-prod-shipping--in 111111111111 · eu-west-1"),
        ("event-bus/acme", "acme-prod-orders 111111111111 · eu-west-1"),
        ("queue lost", "acme-prod-lost queue · 111111111111 · eu-west-1"),
    ],
)
def test_everything_is_found_by_part_of_its_name_or_of_what_it_is_in(world: World, words: str, found: str) -> None:
    page = world()

    page.get_by_role("searchbox").fill(words)

    find = page.get_by_role("navigation", name="Find")
    expect(find.get_by_role("link", name=found)).to_be_visible()


def test_what_is_found_is_counted_aloud(world: World) -> None:
    page = world()

    page.get_by_role("searchbox").fill("shipping")

    expect(page.get_by_role("status").filter(has_text="Found")).to_have_text(
        "Found: 1 service, 1 account, 1 rule, 1 target"
    )


def test_nothing_found_is_said(world: World) -> None:
    page = world()

    page.get_by_role("searchbox").fill("nobody")

    expect(page.get_by_text("Nothing found.")).to_be_visible()


def test_one_kind_of_result_can_be_shown_alone(world: World) -> None:
    page = world()

    page.get_by_role("group", name="Kind of result").get_by_role("button", name="Rules").click()

    headings = page.get_by_role("navigation", name="Find").get_by_role("heading")
    expect(headings).to_have_text(["Rules 4"])


def test_long_lists_are_made_as_they_are_asked_for(large: World) -> None:
    page = large()
    rules = page.get_by_role("list", name="Rules").get_by_role("listitem")
    expect(rules).to_have_count(12)

    page.get_by_role("button", name="Show 146 more of 158").click()

    expect(rules).to_have_count(158)


def test_by_keyboard_alone_an_event_is_found_lit_and_let_go(world: World) -> None:
    page = world()

    page.keyboard.press("Control+k")
    page.keyboard.type("placed")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="OrderPlaced.v1")).to_be_visible()
    expect(page.get_by_role("link", name="OrderPlaced.v1 orders")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_arrows_go_from_one_result_to_the_next_and_back_to_the_search(world: World) -> None:
    page = world()
    page.get_by_role("searchbox").focus()

    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)

    expect(page.get_by_role("searchbox")).to_be_focused()
