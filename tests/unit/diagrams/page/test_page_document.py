"""The document: what may run in it, and what its data look like."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

from cdk_eventbridge_patterns.diagrams.page import page_of
from cdk_eventbridge_patterns.diagrams.page.page_of import as_json
from cdk_eventbridge_patterns.testing.builders import a_topology
from tests.page.world import a_world


def element(page: str, start: str, name: str) -> str:
    """What is in the element that begins with *start*."""
    return page.partition(start)[2].partition(f"</{name}>")[0]


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def data_of(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(element(page, '<script type="application/json" id="data">', "script"))
    return found


def test_nothing_but_its_own_style_and_script_may_be_used_and_nothing_loaded() -> None:
    page = page_of(a_world())

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)
    assert policy == (
        f"default-src 'none'; style-src {digest(element(page, '<style>', 'style'))}; "
        f"script-src {digest(element(page, '<script>', 'script'))}; base-uri 'none'; form-action 'none'"
    )


def test_there_is_one_style_and_one_script_and_no_address_of_anything() -> None:
    page = page_of(a_world())

    assert page.count("<style") == 1
    assert page.count("<script") == 2  # the data are in one, too
    assert not re.findall(r'\s(?:src|srcset|style|on\w+)\s*=\s*"', page)
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}


def test_nothing_in_the_data_ends_their_element() -> None:
    hostile = "</script><img src=x onerror=alert(1)>&amp;\u2028\u2029<!--"

    written = as_json({hostile: hostile})

    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {hostile: hostile}


def test_the_colours_of_the_picture_are_those_of_the_page_for_light_and_dark() -> None:
    page = page_of(a_world())

    assert "--surface: light-dark(#ffffff, #0f1419);" in page


def test_the_same_topology_gives_the_same_page() -> None:
    assert page_of(a_world()) == page_of(a_world())


def test_of_nothing_there_is_a_page_too() -> None:
    data = data_of(page_of(a_topology()))

    assert data["events"] == data["nodes"] == []
