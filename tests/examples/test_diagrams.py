"""The picture of the reference topology is as the topology is."""

from __future__ import annotations

from pathlib import Path

from tests.docs import diagrams


def test_the_picture_in_the_readme_is_not_stale(assemblies: Path) -> None:
    drawn = diagrams.REFERENCE.read_text(encoding="utf-8")

    assert drawn == diagrams.reference(assemblies / "reference"), "run `python -m tests.docs.pages`"


def test_the_readme_names_the_command_that_draws_it() -> None:
    readme = (diagrams.IMAGES.parents[1] / "README.md").read_text(encoding="utf-8")

    assert f'cdk-eventbridge diagram cdk.out --title "{diagrams.REFERENCE_TITLE}"' in readme
    assert f"docs/images/{diagrams.REFERENCE.name}" in readme
