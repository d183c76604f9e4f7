"""What the page of a topology costs: to make it, to open it in a browser, and to search in it.

python benchmarks/page.py [SERVICES ...]

Each service is in an account of its own, publishes four events, each of which three others consume (`tests/page/
estate.py`). The page is opened from a file in a new headless Chromium each time (`tests/page/browser.py` says which),
without a graphics card. *open* is from the start of the navigation until the page can be used and was painted twice;
*key* is from a key press until what it finds is painted; *select* is the same for a click on an event that was found.
*task* is the longest task of the page's one thread meanwhile: nothing else can happen as long as it lasts.
Medians and worst of all rounds. Trust the ratios.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser  # noqa: E402 - the folder of the project comes first

from cdk_eventbridge_patterns.diagrams.page import page_of  # noqa: E402
from tests.page.browser import a_browser, executable  # noqa: E402
from tests.page.estate import an_estate  # noqa: E402

SIZES = (50, 300)
ROUNDS = 5
TYPED = "order placed"

WATCH = """
window.measured = { keys: [], clicks: [], tasks: [] };
new PerformanceObserver((list) => measured.tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
const painted = (then) => requestAnimationFrame(() => setTimeout(then));
addEventListener("DOMContentLoaded", () => painted(() => painted(() => { measured.open = performance.now(); })));
const time = (name) => (event) => painted(() => measured[name].push(performance.now() - event.timeStamp));
addEventListener("keydown", time("keys"), true);
addEventListener("click", time("clicks"), true);
"""

# The page's policy lets nobody evaluate text in it, so that what Playwright brings for waiting is of no use.
UNTIL = """async (name) => {
  while (!measured[name] || measured[name].length === 0) await new Promise(requestAnimationFrame);
}"""


def measure(browser: Browser, file: Path) -> dict[str, Any]:
    """Open a page, search in it, and return what the browser measured."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate(UNTIL, "open")
    opening = page.evaluate("[...measured.tasks]")
    page.evaluate("measured.tasks.length = 0")
    page.get_by_role("searchbox").focus()
    page.keyboard.type(TYPED, delay=80)
    page.wait_for_timeout(200)
    typing = page.evaluate("[...measured.tasks]")
    page.evaluate("measured.tasks.length = 0")
    page.locator(".result.event").first.click()
    page.evaluate(UNTIL, "clicks")
    page.wait_for_timeout(200)
    measured: dict[str, Any] = page.evaluate("measured")
    context.close()
    return {
        "open": [measured["open"]],
        "task while opening": [max(opening, default=0)],
        "key": measured["keys"],
        "task while typing": [max(typing, default=0)],
        "select": measured["clicks"],
        "task while selecting": [max(measured["tasks"], default=0)],
    }


def compare(sizes: list[int]) -> None:
    """Print the figures of each size."""
    path = executable()
    if path is None:
        sys.exit("there is no Chromium: run make page, or name one: CHROMIUM=/usr/bin/chromium")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            topology = an_estate(size)
            start = time.perf_counter()
            file = Path(folder) / f"{size}.html"
            file.write_text(page_of(topology, title=f"{size} services"), encoding="utf-8")
            made = time.perf_counter() - start
            rounds = []
            for _ in range(ROUNDS):
                with a_browser(path) as browser:
                    rounds.append(measure(browser, file))
            megabytes = file.stat().st_size / 1e6
            print(f"{size} services, {len(topology.rules)} rules: made in {made:.1f} s, {megabytes:.1f} MB")
            for name in rounds[0]:
                found = [value for each in rounds for value in each[name]]
                print(f"  {name:22} {statistics.median(found):7.0f} ms, at worst {max(found):.0f} ms")


if __name__ == "__main__":
    compare([int(each) for each in sys.argv[1:]] or list(SIZES))
