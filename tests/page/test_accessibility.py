"""The page as axe judges it, and as somebody uses it who does not see or point."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.page.browser import MODULES

World = Callable[..., Page]

PLACES = (
    "",
    "#event=orders/OrderPlaced.v1",
    "#event=orders/OrderPlaced.v1&view=trace&step=10",
    "#event=orders/OrderCancelled.v1&view=trace&step=5",
    "#service=orders&view=consumers",
    "#view=findings",
    "#view=access",
)


def faults(page: Page) -> list[str]:
    """What axe finds."""
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.skipif(not (MODULES / "axe-core").is_dir(), reason="axe-core is not installed: run make page")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_in_light_and_dark(world: World, place: str, scheme: str) -> None:
    page = world(place, color_scheme=scheme, reduced_motion="reduce")

    assert faults(page) == []


def test_the_page_has_landmarks_with_names(world: World) -> None:
    page = world()

    for role, name in (("navigation", "Find"), ("main", None), ("complementary", "Details"), ("search", None)):
        expect(page.get_by_role(role, name=name) if name else page.get_by_role(role)).to_be_visible()  # type: ignore[arg-type]
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme")


def test_the_first_stops_of_the_tab_key_skip_to_search_and_details(world: World) -> None:
    page = world()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to search")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to search")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("link", name="Skip to details").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tabpanel")).to_be_focused()


def test_what_has_the_focus_is_outlined(world: World) -> None:
    page = world()
    page.keyboard.press("Control+k")

    outline = page.evaluate("getComputedStyle(document.activeElement).outline")

    assert "solid 2px" in outline


def test_light_and_dark_follow_the_machine_and_can_be_switched(world: World) -> None:
    page = world(color_scheme="dark")
    background = "getComputedStyle(document.querySelector('main')).backgroundColor"
    dark = page.evaluate(background)

    page.get_by_role("button", name="Switch to light").click()

    assert dark == "rgb(15, 20, 25)"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('#picture svg .name')).fill") == "rgb(28, 37, 48)"


def test_nothing_moves_by_itself_for_those_who_asked_for_that(world: World) -> None:
    page = world("#event=orders/OrderPlaced.v1", reduced_motion="reduce")

    assert page.evaluate("document.getAnimations().length") == 0


def test_the_keys_are_listed(world: World) -> None:
    page = world()

    page.get_by_role("button", name="Keyboard").click()

    expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("To the search, from anywhere")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keyboard")).to_be_focused()


def test_on_a_narrow_screen_everything_is_one_below_the_other(world: World) -> None:
    page = world(viewport={"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("tab", name="About")).to_be_attached()
