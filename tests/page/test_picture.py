from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.page.world import queue, rule

World = Callable[..., Page]


def scale(page: Page) -> float:
    """How large the picture is shown."""
    return float(page.evaluate("new DOMMatrix(getComputedStyle(document.querySelector('#picture > svg')).transform).a"))


def moved(page: Page) -> tuple[float, float]:
    """How far the picture is shifted."""
    x, y = page.evaluate(
        "(({ e, f }) => [e, f])(new DOMMatrix(getComputedStyle(document.querySelector('#picture > svg')).transform))"
    )
    return x, y


def node(page: Page, id: str) -> str:
    """The classes of a node of the picture."""
    return str(page.evaluate("id => document.querySelector(`#picture [data-id='${id}']`).getAttribute('class')", id))


def edge(page: Page, start: str, end: str) -> str:
    """The classes of an edge of the picture."""
    return str(
        page.evaluate(
            "([start, end]) => document.querySelector("
            "`#picture [data-from='${start}'][data-to='${end}']`).getAttribute('class')",
            [start, end],
        )
    )


def still(world: World, at: str = "") -> Page:
    """The page, with nothing in it that moves by itself."""
    return world(at, reduced_motion="reduce")


def test_an_event_lights_its_whole_path_with_the_answer_on_each_part_of_it(world: World) -> None:
    page = still(world)

    page.get_by_role("navigation", name="Find").get_by_role("link", name="OrderPlaced.v1").click()

    expect(page.get_by_role("main")).to_contain_text("orders/OrderPlaced.v1: 2 targets receive it, 1 do not")
    assert "is-yes" in edge(page, rule("shipping"), queue("shipping"))  # by the second sample event
    assert "is-no" in edge(page, rule("stock"), queue("stock"))
    assert "on" in node(page, queue("billing")).split()
    assert "on" not in node(page, queue("stock")).split()
    assert "on" not in node(page, rule("search")).split()


def test_what_nobody_can_say_is_lit_as_such(world: World) -> None:
    page = still(world, "#event=orders/OrderCancelled.v1")

    expect(page.get_by_role("main")).to_contain_text("0 targets receive it, 1 perhaps")
    assert "on" in node(page, rule("search")).split()


def test_a_click_in_the_picture_selects_what_is_there(world: World) -> None:
    page = still(world)

    page.locator(f"#picture [data-id='{rule('billing')}'] .name").click()

    expect(page.get_by_role("heading", name="acme-prod-billing--in")).to_be_visible()


def test_a_click_on_a_number_in_the_picture_shows_the_finding(world: World) -> None:
    page = still(world)

    page.locator("#picture .badge").filter(has_text="8").last.click()

    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("tab", name="Findings")).to_have_attribute("aria-selected", "true")


def test_the_wheel_zooms_to_where_the_pointer_is_and_dragging_moves(world: World) -> None:
    page = still(world)
    before = scale(page)

    page.mouse.move(700, 450)
    page.mouse.wheel(0, -300)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert scale(page) > before
    x, y = moved(page)
    page.mouse.down()
    page.mouse.move(760, 480, steps=4)
    page.mouse.up()

    assert moved(page) == (x + 60, y + 30)
    assert page.url.endswith(".html")  # nothing was selected by letting go


def test_the_picture_is_moved_and_zoomed_by_keys(world: World) -> None:
    page = still(world)
    picture = page.get_by_role("group", name="Picture")
    before, place = scale(page), moved(page)

    picture.press("ArrowRight")
    assert moved(page) == (place[0] - 80, place[1])
    picture.press("+")
    assert scale(page) > before
    picture.press("0")
    assert (scale(page), moved(page)) == (before, place)


def test_buttons_zoom_too_and_fit(world: World) -> None:
    page = still(world)
    before = scale(page)

    page.get_by_role("button", name="Zoom in").click()
    assert scale(page) > before
    page.get_by_role("button", name="Zoom out").click()
    page.get_by_role("button", name="Zoom out").click()
    assert scale(page) < before
    page.get_by_role("button", name="Fit").click()

    assert scale(page) == before


def test_a_selection_is_cleared_by_its_link_and_by_escape_in_the_picture(world: World) -> None:
    page = still(world, "#service=billing")

    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("heading", name="All that was read")).to_be_visible()
    page.goto(page.url.partition("#")[0] + "#service=billing")
    page.get_by_role("group", name="Picture").press("Escape")

    expect(page.get_by_role("heading", name="All that was read")).to_be_visible()


def test_the_path_of_an_event_can_be_seen_alone(world: World) -> None:
    page = still(world, "#event=orders/OrderPlaced.v1")

    page.get_by_role("button", name="Only its path").click()

    expect(page.locator("#picture .node")).to_have_count(
        9
    )  # who publishes, the bus, three rules, their queues, one more
    expect(page.locator("#picture .node.rule .name").filter(has_text="search")).to_have_count(0)
    page.get_by_role("button", name="Only its path").click()
    expect(page.locator("#picture .node.rule .name").filter(has_text="search")).to_have_count(1)


def test_many_services_are_a_wheel_in_which_each_shows_whom_it_gives_events(large: World) -> None:
    page = still(large)
    refunds = page.locator("#picture .box").filter(has_text="refunds")

    refunds.locator(".name").hover()
    lit = page.locator("#picture .flow.on")
    assert lit.count() > 0
    refunds.locator(".name").click()

    expect(page.get_by_role("heading", name="Account 100000000008")).to_be_visible()
    expect(page.locator("#picture .node.bus .name").filter(has_text="acme-prod-refunds")).to_have_count(1)


def test_of_many_services_an_event_shows_just_its_path(large: World) -> None:
    page = still(large, "#event=orders/OrderPlaced.v1")

    expect(page.locator("#picture .frame .services").filter(has_text="fraud")).to_have_count(1)
    expect(page.locator("#picture .frame .services").filter(has_text="payroll")).to_have_count(0)


def test_deep_links_survive_names_of_any_kind(world: World) -> None:
    page = still(world, f"#rule={quote(rule('stock'))}")

    expect(page.get_by_role("heading", name="acme-prod-stock--in")).to_be_visible()
    expect(page).to_have_title("acme-prod-stock--in · Acme")


def test_a_link_to_nothing_shows_everything(world: World) -> None:
    page = still(world, "#event=orders/Nothing.v1&view=%E0%A4%A&step=x")

    expect(page.get_by_role("heading", name="All that was read")).to_be_visible()
