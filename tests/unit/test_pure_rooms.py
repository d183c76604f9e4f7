"""Pure rooms start in milliseconds and need no Node: asked of a fresh process, for this one has CDK in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = "cdk_eventbridge_patterns"
ROOT = Path(__file__).parents[2]
ROOMS = (
    *("naming", "contracts", "matching", "topology", "access", "plan", "assembly", "checks"),
    *("differences", "reports", "cli", "testing", "filters", "local", "declarations", "adoption", "simulation"),
    *("runtime", "catalog"),
)
EMULATOR_SIDE = ROOT / PACKAGE / "local" / "inside"  # needs the emulator, which is in no environment of ours

ASK = """
import importlib, sys
importlib.import_module({module!r})
print(*sorted({{"aws_cdk", "constructs", "jsii", "cdk_nag"}} & {{name.partition(".")[0] for name in sys.modules}}))
"""


@pytest.mark.parametrize(
    "module",
    [PACKAGE, *(f"{PACKAGE}.{room}" for room in ("errors", *ROOMS))],
)
def test_importing_a_pure_room_imports_neither_cdk_nor_jsii(module: str) -> None:
    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ASK.format(module=module)], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert answer.stdout.split() == []


def test_every_module_of_the_pure_rooms_is_as_pure_as_its_room() -> None:
    files = [
        file
        for room in ROOMS
        for file in sorted((ROOT / PACKAGE / room).rglob("*.py"))
        if not file.is_relative_to(EMULATOR_SIDE)
    ]
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    ask = "\n".join(ASK.format(module=module) for module in modules)

    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ask], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert len(modules) > len(ROOMS)
    assert answer.stdout.split() == []


def test_declarations_can_be_used_by_their_public_names_without_cdk() -> None:
    ask = (
        f"import sys, {PACKAGE} as patterns\n"
        "orders = patterns.EventContract(service='orders', event='OrderPlaced', detail={'type': 'object'})\n"
        "patterns.Consumer('billing', '222222222222', events=[orders])\n"
        "patterns.Consumes(orders, on=patterns.BusReference.of('orders', account='111111111111'))\n"
        "print('aws_cdk' in sys.modules, 'jsii' in sys.modules)"
    )

    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ask], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert answer.stdout.split() == ["False", "False"]
