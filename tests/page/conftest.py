"""A browser, and pages opened in it from files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.diagrams.page import page_of
from tests.page.browser import a_browser, executable
from tests.page.world import a_world
from tests.retailer import ORGANIZATION, retailer

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser. Tests that need it are skipped, unless `make page` runs them."""
    if "PAGE" not in os.environ:
        pytest.skip("run make page")
    path = executable()
    if path is None:
        pytest.fail("there is no Chromium: run make page, which brings one")
    with a_browser(path) as started:
        yield started


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small estate."""
    topology = a_world()
    file = tmp_path_factory.mktemp("world") / "acme.html"
    file.write_text(page_of(topology, judge(topology), title="Acme"), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def retailer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of fifty services."""
    topology = replace(topology_of(retailer()), organization=ORGANIZATION)
    file = tmp_path_factory.mktemp("retailer") / "retailer.html"
    file.write_text(page_of(topology, title="Acme Retail"), encoding="utf-8")
    return file


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Open]:
    """Open a file as a reader does, at a place in it; what it asks of a network or complains of fails the test."""
    contexts, faults = [], []

    def open_file(file: Path, at: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("request", lambda request: faults.append(request.url) if request.url != file.as_uri() else None)
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(file.as_uri() + at)
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def world(open_file: Open, world_file: Path) -> Callable[..., Page]:
    """The page of the small estate, opened at a place in it."""

    def opened(at: str = "", **options: Any) -> Page:
        return open_file(world_file, at, **options)

    return opened


@pytest.fixture
def large(open_file: Open, retailer_file: Path) -> Callable[..., Page]:
    """The page of fifty services, opened at a place in it."""

    def opened(at: str = "", **options: Any) -> Page:
        return open_file(retailer_file, at, **options)

    return opened
