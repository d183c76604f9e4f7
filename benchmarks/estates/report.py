"""What was measured, as text."""

from __future__ import annotations

import os
import statistics
from collections import Counter
from dataclasses import dataclass, field

VARIANTS = ("ours", "l2", "l1", "js", "json")


@dataclass
class Measured:
    """What the runs of one variant of one estate have used."""

    resources: int
    calls: int = 0
    runs: list[dict[str, float]] = field(default_factory=list)

    def median(self, what: str) -> float:
        """Return the median of all runs."""
        return statistics.median(each[what] for each in self.runs)

    def spread(self, what: str) -> tuple[float, float]:
        """Return the least and the most."""
        return min(each[what] for each in self.runs), max(each[what] for each in self.runs)


@dataclass
class Report:
    """All that was measured."""

    figures: dict[str, dict[str, Measured]] = field(default_factory=dict)
    differing: dict[str, Counter[str]] = field(default_factory=lambda: {each: Counter() for each in VARIANTS[1:]})
    loads: list[float] = field(default_factory=list)

    def text(self) -> str:
        """Return all figures, with the ratio of each to Python's L2s."""
        lines = [HEAD]
        for name, variants in self.figures.items():
            lines += [_line(name, variant, used, variants["l2"]) for variant, used in variants.items()]
            lines.append("")
        lines.append(f"load of the machine, {os.cpu_count()} cores: {min(self.loads):.1f} to {max(self.loads):.1f}")
        return "\n".join(lines)

    def differences(self) -> str:
        """Return what the resources of each variant have otherwise than ours."""
        found = [
            f"{variant:>5} {number:6} {what}"
            for variant, counted in self.differing.items()
            for what, number in sorted(counted.items())
        ]
        same = [variant for variant, counted in self.differing.items() if not counted]
        return "\n".join([*found, f"nothing differs in: {', '.join(same)}"])


HEAD = (
    f"{'stacks':>13} {'variant':>7} {'resources':>9} {'calls':>6} {'each':>5} {'wall':>7} {'least':>7} {'most':>7}"
    f" {'of L2':>6} {'CPU':>7} {'least':>7} {'of L2':>6} {'MB Python':>10} {'MB Node':>8}"
)


def _line(name: str, variant: str, used: Measured, beside: Measured) -> str:
    least, most = used.spread("wall")
    wall, cpu = used.median("wall"), used.median("cpu")
    return (
        f"{name:>13} {variant:>7} {used.resources:9} {used.calls:6} {used.calls / used.resources:5.2f}"
        f" {wall:6.2f}s {least:6.2f}s {most:6.2f}s {wall / beside.median('wall'):6.2f}"
        f" {cpu:6.2f}s {used.spread('cpu')[0]:6.2f}s {cpu / beside.median('cpu'):6.2f}"
        f" {used.median('MB'):10.0f} {used.median('node MB'):8.0f}"
    )
