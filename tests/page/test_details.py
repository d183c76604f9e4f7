from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

World = Callable[..., Page]


def test_who_consumes_what_is_told_by_event_and_by_service(world: World) -> None:
    page = world("#view=consumers")
    placed = page.get_by_role("row", name="orders/OrderPlaced.v1")
    expect(placed.get_by_role("listitem")).to_have_text(["yes billing", "yes shipping", "no stock"])

    page.get_by_role("button", name="By service").click()

    expect(page.get_by_role("row", name="search nothing orders/OrderCancelled.v1")).to_be_visible()
    expect(page.get_by_role("button", name="By service")).to_be_focused()


def test_what_is_selected_narrows_who_consumes_what(world: World) -> None:
    page = world("#service=search&view=consumers")
    expect(page.get_by_role("row")).to_have_count(2)

    page.get_by_role("link", name="Show all").click()

    expect(page.get_by_role("row")).to_have_count(3)


def test_findings_have_severity_message_fix_and_place(world: World) -> None:
    page = world("#view=findings")

    page.get_by_role("button", name="error").click()
    finding = page.get_by_role("article").filter(has_text="DLV006")

    expect(finding).to_contain_text("error DLV006")
    expect(finding).to_contain_text("acme-prod-stock does not let rule 'acme-prod-stock--in' deliver")
    expect(finding).to_contain_text("Fix: ")
    expect(finding).to_contain_text("stock-stack/StockRule (Targets.0)")


def test_a_finding_is_shown_in_the_picture(world: World) -> None:
    page = world("#view=findings", reduced_motion="reduce")

    page.get_by_role("article").filter(has_text="DLV006").get_by_role("link", name="Show in the picture").click()

    expect(page.locator("#picture .edge.on")).to_have_count(1)
    expect(page.get_by_role("article")).to_have_count(1)


def test_what_is_selected_narrows_the_findings(world: World) -> None:
    page = world("#rule=arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-search--in&view=findings")

    expect(page.get_by_role("article").filter(has_text="undecided FLW001")).to_be_visible()
    expect(page.get_by_role("article").filter(has_text="DLV006")).to_have_count(0)


def test_access_is_told_in_sentences(world: World) -> None:
    page = world("#view=access")

    grants = page.get_by_role("listitem").filter(has_text="account 222222222222")
    expect(grants).to_contain_text("no account 222222222222 may not put rules on it")
    expect(page.get_by_text("account 111111111111 may publish events on it")).to_be_visible()


def test_what_a_statement_holds_to_is_told_with_where_it_is_written(large: World) -> None:
    page = large("#bus=arn:aws:events:eu-west-1:100000000003:event-bus/acme-prod-orders&view=access")

    grant = page.get_by_role("listitem").filter(has_text="every account of organisation o-exampleorg1 may put rules")
    expect(grant).to_contain_text("only rules of its own account, or whose creator is not said")
    expect(grant).to_contain_text("puts rules: rules of any name, only rules for source com.acme.orders")
    expect(grant).to_contain_text("by statement 'acme-prod-orders--organization--rules' at orders-bus")


def test_a_bus_is_chosen_where_none_is_selected(large: World) -> None:
    page = large("#view=access")

    page.get_by_label("Bus", exact=True).select_option(label="acme-prod-fraud (100000000005 · eu-west-1)")

    expect(page.get_by_role("heading", name="May publish")).to_be_visible()
    assert "#bus=arn:aws:events:" in page.url


def test_a_rule_tells_what_it_asks_for_and_where_it_delivers(world: World) -> None:
    page = world("#rule=arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-shipping--in")

    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("link", name="orders/OrderPlaced.v1")).to_be_visible()
    expect(panel.get_by_role("link", name="acme-prod-shipping", exact=True)).to_be_visible()
    expect(panel.get_by_text('"state": [')).to_be_visible()


def test_tabs_are_gone_through_by_arrow_keys(world: World) -> None:
    page = world("#event=orders/OrderPlaced.v1")
    page.get_by_role("tab", name="About").focus()

    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Trace")).to_be_focused()
    page.keyboard.press("End")

    expect(page.get_by_role("tab", name="Access")).to_have_attribute("aria-selected", "true")
    assert page.url.endswith("#event=orders/OrderPlaced.v1&view=access")


def test_a_selection_keeps_the_tab_that_is_open(world: World) -> None:
    page = world("#view=consumers")

    page.get_by_role("navigation", name="Find").get_by_role("link", name="OrderPlaced.v1").click()

    expect(page.get_by_role("tab", name="Consumers")).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.get_by_role("row")).to_have_count(3)
