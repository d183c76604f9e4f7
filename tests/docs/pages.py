"""The generated pages, those of the checks among them: `python -m tests.docs.pages` writes them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.explanation import Explanation, explanation_of
from cdk_eventbridge_patterns.checks.registry import all_checks, family_of
from tests.docs import dashboard_picture, diagrams, facts_page, shapes_page

FOLDER = Path(__file__).parents[2] / "docs" / "checks"
_GENERATED = "<!-- Made from the checks by `python -m tests.docs.pages`; change them, not this. -->"


def pages() -> dict[str, str]:
    """Return the pages by file name: one for each family, and one that lists all."""
    families = {
        family: [explanation_of(check) for check in checks]
        for family, checks in groupby(sorted(all_checks(), key=_family), key=family_of)
    }
    return {"README.md": _index(families)} | {f"{family}.md": _page(family, each) for family, each in families.items()}


def _family(check: type[Check]) -> tuple[str, str]:
    return family_of(check), check.id


def _index(families: dict[str, list[Explanation]]) -> str:
    lines = [
        _GENERATED,
        "",
        "# All checks",
        "",
        "Each judges all stacks of all accounts at once, in `EventBridgeChecks`, on the command line and in tests:",
        "[checks in CI](../checks_in_ci.md).",
        "What one of them can't decide before deployment it says, as an info.",
        "`cdk-eventbridge explain ID` prints the same page.",
        "",
        "| id | severity | finds |",
        "|---|---|---|",
    ]
    for family, explanations in families.items():
        lines += [f"| [{e.id}]({family}.md#{e.id.lower()}) | {e.severity} | {e.title} |" for e in explanations]
    return "\n".join(lines) + "\n"


def _page(family: str, explanations: list[Explanation]) -> str:
    parts = [_GENERATED, f"# Checks of {family}", "[All checks](README.md)"]
    for each in explanations:
        title, rest = each.markdown.split("\n", 1)
        parts.append(f"#{title}\n{rest.replace(chr(10) + '## ', chr(10) + '### ')}".rstrip())
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    dashboard_picture.FILE.write_text(dashboard_picture.picture(), encoding="utf-8")
    facts_page.FILE.write_text(facts_page.page(), encoding="utf-8")
    page = shapes_page.PAGE.read_text(encoding="utf-8")
    shapes_page.PAGE.write_text(shapes_page.with_figures(page), encoding="utf-8")
    for name, picture in diagrams.PICTURES.items():
        (diagrams.IMAGES / name).write_text(picture(), encoding="utf-8")
    with TemporaryDirectory() as folder:
        assembly = diagrams.synthesized_reference(Path(folder))
        diagrams.REFERENCE.write_text(diagrams.reference(assembly), encoding="utf-8")
