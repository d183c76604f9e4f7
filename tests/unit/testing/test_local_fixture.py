"""Tests that deploy are run where that is wanted, and then they do not pass without an emulator."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.local import installation

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def a_test_that_deploys(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(eventbridge_local): raise AssertionError('it was run')")


def test_it_is_skipped_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("-rs")

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*run pytest with --eventbridge-local*"])


@pytest.mark.parametrize("asked", [["--eventbridge-local"], ["-o", "eventbridge_local=true"]])
def test_it_fails_where_it_is_asked_for_and_there_is_no_python_for_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.setattr(installation, "find_interpreter", lambda: None)

    result = pytester.runpytest_inprocess(*asked)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the emulator needs Python 3.13, and there is none*"])
