"""The demo without a Python for the emulator: what it would show arrive, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.demo import __main__ as demo


def test_without_a_python_for_the_emulator_the_demo_traces_every_event_and_says_what_is_missing(
    assemblies: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(demo, "find_interpreter", lambda: None)
    monkeypatch.setattr(demo, "is_installed", lambda: False)

    demo.main(assemblies / "reference")

    shown = capsys.readouterr().out
    queues = [line.split()[-1] for line in shown.splitlines() if "-event" in line and "--" in line]
    assert {
        "acme-prod-purple--blue-event1-v1",
        "acme-prod-blue--purple-event2-v1",
        "acme-prod-orange--purple-event2-v1",
        "acme-prod-purple--orange-event3-v1",
    } <= set(queues)
    assert "the emulator needs Python 3.13, and there is none" in shown
