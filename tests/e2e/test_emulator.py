"""The emulator is alone on the loopback interface, and gone with whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.local import Emulator, install

ROOT = Path(__file__).parents[2]
START = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell takes from its jobs in the background
from cdk_eventbridge_patterns.local import Emulator
with Emulator() as emulator:
    print(emulator.pid, flush=True)
    time.sleep(600)
"""
SOCKETS = Path("/proc/net/tcp")
LISTENS, LOOPBACK = "0A", "0100007F"


@pytest.mark.skipif(not SOCKETS.exists(), reason="just Linux tells who listens where")
def test_it_listens_on_the_loopback_interface_only(eventbridge_emulator: Emulator) -> None:
    port = int(eventbridge_emulator.url.rpartition(":")[2])

    addresses = {
        address.partition(":")[0]
        for _, address, _, state, *_ in map(str.split, SOCKETS.read_text().splitlines()[1:])
        if state == LISTENS and int(address.partition(":")[2], 16) == port
    }

    assert addresses == {LOOPBACK}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_it_ends_with_the_process_that_started_it(how: signal.Signals) -> None:
    install(ROOT / ".emulator")
    with _started() as (process, emulator):
        process.send_signal(how)
        process.wait(30)

        assert _is_gone(emulator)


def test_two_of_them_know_nothing_of_each_other(eventbridge_emulator: Emulator) -> None:
    with Emulator(install(ROOT / ".emulator")) as other:
        other.session("111111111111").client("events").create_event_bus(Name="other")

        buses = eventbridge_emulator.session("111111111111").client("events").list_event_buses()["EventBuses"]

    assert "other" not in [each["Name"] for each in buses]


@contextmanager
def _started() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a process that starts an emulator, and return it with the id of the emulator."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", START], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with process:
        assert process.stdout
        yield process, int(process.stdout.readline())


def _is_gone(process: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
