"""Runs the emulator until its standard input ends: whatever becomes of the tests, it does not outlive them.

Run by the emulator's own Python, which knows nothing of this project.
"""

import os
import runpy
import sys
import threading


def _end_with_the_tests() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_tests, daemon=True).start()
    runpy.run_module("ministack", run_name="__main__")
