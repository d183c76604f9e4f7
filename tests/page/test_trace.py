from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

World = Callable[..., Page]
PLACED = "#event=orders/OrderPlaced.v1&view=trace"


def current(page: Page) -> str:
    """What the step that is shown says."""
    return page.get_by_role("region", name="This step").inner_text()


def test_a_trace_begins_with_the_publication_and_the_event_as_it_is_published(world: World) -> None:
    page = world("#event=orders/OrderPlaced.v1")

    page.get_by_role("link", name="Follow one step by step").click()

    assert "yes OrderPlaced.v1 of com.acme.orders is published by account 111111111111" in current(page)
    assert '"order_id": "text"' in current(page)
    expect(page.get_by_text("Step 1 of 15", exact=True)).to_be_visible()


def test_next_and_previous_go_along_the_steps_each_said_aloud_and_in_the_address(world: World) -> None:
    page = world(PLACED)

    page.get_by_role("button", name="Next").click()
    assert "bus acme-prod-orders is there" in current(page)
    assert page.url.endswith("&sample=1&step=2")
    expect(page.get_by_role("status").filter(has_text="Step 2")).to_have_text(
        "Step 2 of 15: bus acme-prod-orders is there: yes. it is declared"
    )
    page.get_by_role("button", name="Last").click()
    page.get_by_role("button", name="Previous").click()

    expect(page.get_by_text("Step 14 of 15", exact=True)).to_be_visible()
    page.get_by_role("button", name="First").click()
    expect(page.get_by_role("button", name="Previous")).to_have_attribute("aria-disabled", "true")


def test_each_answer_has_its_reason_and_what_is_missing(world: World) -> None:
    page = world(PLACED)

    page.get_by_role("button", name="acme-prod-stock lets rule acme-prod-stock--in in").click()

    said = current(page)
    assert "no acme-prod-stock lets rule acme-prod-stock--in in" in said
    assert "no statement allows it" in said
    assert "Missing in the policy of" in said
    assert '"Action": "sqs:SendMessage"' in said


def test_the_place_of_a_step_is_marked_in_the_picture(world: World) -> None:
    page = world(PLACED, reduced_motion="reduce")

    page.get_by_role("button", name="acme-prod-stock lets rule acme-prod-stock--in in").click()

    assert page.locator("#picture .node.at .name").all_text_contents() == ["acme-prod-stock"]
    assert page.locator("#picture .edge.at").count() == 1


def test_a_rule_that_asks_for_another_event_says_so_and_another_sample_passes_it(world: World) -> None:
    page = world(PLACED)
    page.get_by_role("button", name="rule acme-prod-shipping--in matches").click()
    assert "no rule acme-prod-shipping--in matches" in current(page)
    assert "detail.state is 'open'; asked is ['paid']" in current(page)

    page.get_by_label("2 sample events").select_option(
        label="on acme-prod-orders: one that passes acme-prod-shipping--in"
    )
    page.get_by_role("button", name="queue acme-prod-shipping (111111111111, eu-west-1) receives it").click()

    assert "What acme-prod-shipping receives" in current(page)
    assert '"state": "paid"' in current(page)


def test_steps_are_gone_through_by_arrow_keys(world: World) -> None:
    page = world(PLACED)
    page.get_by_role("list", name="All steps").get_by_role("button").first.focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")

    expect(page.get_by_text("Step 2 of 15", exact=True)).to_be_visible()
    expect(page.locator(":focus")).to_have_attribute("aria-current", "step")


def test_what_another_target_received_is_not_shown_on_the_way_to_the_next(world: World) -> None:
    page = world(PLACED)

    page.get_by_role("button", name="queue acme-prod-billing (111111111111, eu-west-1) receives it").click()
    assert "What acme-prod-billing receives" in current(page)
    page.get_by_role("button", name="acme-prod-stock lets rule acme-prod-stock--in in").click()

    assert "The event here" in current(page)


def test_a_link_leads_to_a_step_of_a_sample(world: World) -> None:
    page = world(f"{PLACED}&sample=2&step=4")

    expect(page.get_by_text("Step 4 of 18", exact=True)).to_be_visible()


def test_what_is_undecided_is_told_with_the_reason(world: World) -> None:
    page = world("#event=orders/OrderCancelled.v1&view=trace")

    page.get_by_role("button", name="rule acme-prod-search--in is on").click()

    assert "undecided" in current(page)
    assert "parameter 'Search' is known at deployment only" in current(page)
