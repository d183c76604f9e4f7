"""Generated pages are as the code they are made from."""

import pytest

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.explanation import SECTIONS, explanation_of
from cdk_eventbridge_patterns.checks.registry import all_checks
from tests.docs import dashboard_picture, diagrams, facts_page, shapes_page
from tests.docs.pages import FOLDER, pages


def test_the_pages_of_the_checks_are_not_stale() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}

    assert written == pages(), "run `python -m tests.docs.pages`"


def test_the_page_of_what_a_trace_knows_is_not_stale() -> None:
    assert facts_page.FILE.read_text(encoding="utf-8") == facts_page.page(), "run `python -m tests.docs.pages`"


def test_the_figures_of_the_topology_shapes_are_not_stale() -> None:
    page = shapes_page.PAGE.read_text(encoding="utf-8")

    assert page == shapes_page.with_figures(page), "run `python -m tests.docs.pages`"


def test_the_picture_of_the_dashboard_is_not_stale() -> None:
    assert dashboard_picture.FILE.read_text(encoding="utf-8") == dashboard_picture.picture(), (
        "run `python -m tests.docs.pages`"
    )


@pytest.mark.parametrize("name", diagrams.PICTURES)
def test_the_pictures_of_diagrams_are_not_stale(name: str) -> None:
    drawn = (diagrams.IMAGES / name).read_text(encoding="utf-8")

    assert drawn == diagrams.PICTURES[name](), "run `python -m tests.docs.pages`"


def test_every_check_is_documented_in_full() -> None:
    lacking = {
        check.id: sorted({*SECTIONS} - explanation_of(check).sections.keys())
        for check in all_checks()
        if set(SECTIONS) != explanation_of(check).sections.keys() or not all(explanation_of(check).sections.values())
    }

    assert lacking == {}


def test_every_check_reads_after_allow_and_says_how_to_mend_what_it_finds() -> None:
    for check in all_checks():
        assert explanation_of(check).title.endswith(".")
        assert check.fix
        assert check.fix[0].islower() or check.fix.split()[0].isupper() or not check.fix[0].isalpha()


def test_ids_are_three_letters_of_the_family_and_three_digits() -> None:
    letters = {check.__module__.split(".")[2]: check.id[:3] for check in all_checks()}

    assert len(set(letters.values())) == len(letters)
    for check in all_checks():
        assert check.id[:3] == letters[check.__module__.split(".")[2]]
        assert check.id[3:].isdecimal()
        assert len(check.id) == 6


def test_there_are_checks_of_topologies_in_every_family_that_was_asked_for() -> None:
    families = {check.__module__.split(".")[2] for check in all_checks() if issubclass(check, TopologyCheck)}

    assert families == {
        "access",
        "contracts",
        "delivery",
        "encryption",
        "flow",
        "observability",
        "quotas",
        "topology",
    }
