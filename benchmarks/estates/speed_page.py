"""The figures of `docs/speed.md`, between its marks, and the plot beside them."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

from benchmarks.estates.report import Report

NAMES = {
    "l2": "Python, L2 by hand",
    "l1": "Python, L1 by hand",
    "ours": "Python, our constructs",
    "js": "JavaScript, L2 by hand",
    "json": "JSON alone",
}
WIDTH, HEIGHT = 860, 380
LEFT, TOP, BOTTOM = 46, 44, 330
LINES, BARS = (LEFT, 400), (600, 845)


def write_page(report: Report, docs: Path) -> None:
    """Renew the figures of the page, and its plot."""
    page = docs / "speed.md"
    text = page.read_text()
    machine = f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}"
    text = _between(text, "figures", f"```\n{report.text()}\n{machine}\n```")
    text = _between(text, "differences", f"```\n{report.differences()}\n```")
    page.write_text(text)
    (docs / "images" / "speed.svg").write_text(plot(report))


def _between(text: str, mark: str, content: str) -> str:
    """Return *text* with what stands between two marks replaced."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    head, _, rest = text.partition(begin)
    return f"{head}{begin}\n{content}\n{end}{rest.partition(end)[2]}"


def plot(report: Report) -> str:
    """Return lines over the number of stacks, and bars for the mesh, each from the least to the most."""
    return "\n".join([*_head(), *_lines(report), *_bars(report), "</svg>\n"])


def _head() -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-label="Seconds to build and synthesize, by number of stacks and by who writes them">'
    )
    yield "<title>Seconds to build and synthesize</title>"
    yield (
        "<style>text{font:12px sans-serif;fill:#3c4653}.title{font-weight:bold}.board{fill:#fff}"
        ".axis{fill:none;stroke:#b8bec7;stroke-width:1}.line{fill:none;stroke-width:2}.spread{stroke-width:1.5}"
        ".l2{stroke:#c2410c;fill:#c2410c}.l1{stroke:#b58900;fill:#b58900}.ours{stroke:#1d6fd1;fill:#1d6fd1}"
        ".js{stroke:#2f855a;fill:#2f855a}.json{stroke:#7c5cbf;fill:#7c5cbf}path.line{fill:none}"
        "text.l2,text.l1,text.ours,text.js,text.json{stroke:none}"
        "@media(prefers-color-scheme:dark){.board{fill:#16191f}text{fill:#c3cad4}.axis{stroke:#55606e}}</style>"
    )
    yield f'<rect class="board" width="{WIDTH}" height="{HEIGHT}"/>'


def _lines(report: Report) -> Iterator[str]:
    sizes = [name for name in report.figures if name.isdigit()]
    most = max(used.spread("wall")[1] for name in sizes for used in report.figures[name].values())
    largest = max(map(int, sizes))
    yield f'<text class="title" x="{LEFT}" y="24">Seconds of the whole process, by number of stacks</text>'
    yield from _axis(*LINES, most)
    for name in (each for each in sizes if int(each) >= largest / 10):  # the smallest would stand in each other
        yield f'<text x="{_across(int(name), largest)}" y="{BOTTOM + 18}" text-anchor="middle">{name}</text>'
    for variant, label in NAMES.items():
        points = [
            (_across(int(name), largest), _up(report.figures[name][variant].median("wall"), most)) for name in sizes
        ]
        yield f'<path class="line {variant}" d="M{" L".join(f"{x} {y}" for x, y in points)}"/>'
        for name, (x, _) in zip(sizes, points, strict=True):
            low, high = (_up(each, most) for each in report.figures[name][variant].spread("wall"))
            yield f'<path class="spread {variant}" d="M{x} {low} V{high}"/>'
        x, y = points[-1]
        yield f'<text class="{variant}" x="{x + 6}" y="{y + 4}">{label}</text>'


def _bars(report: Report) -> Iterator[str]:
    if "mesh" not in report.figures:
        return
    mesh = report.figures["mesh"]
    most = max(used.spread("wall")[1] for used in mesh.values())
    yield f'<text class="title" x="{BARS[0]}" y="24">100 stacks in a full mesh</text>'
    yield from _axis(*BARS, most)
    width = (BARS[1] - BARS[0]) / len(NAMES)
    for number, variant in enumerate(NAMES):
        x, y = round(BARS[0] + number * width + 8), _up(mesh[variant].median("wall"), most)
        yield f'<rect class="{variant}" x="{x}" y="{y}" width="{round(width - 16)}" height="{round(BOTTOM - y, 1)}"/>'
        low, high = (_up(each, most) for each in mesh[variant].spread("wall"))
        middle = round(x + (width - 16) / 2)
        yield f'<path class="axis" d="M{middle} {low} V{high}"/>'
        yield f'<text x="{middle}" y="{BOTTOM + 18}" text-anchor="middle">{variant}</text>'


def _axis(left: int, right: int, most: float) -> Iterator[str]:
    yield f'<path class="axis" d="M{left} {TOP} V{BOTTOM} H{right}"/>'
    step = next(each for each in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if most / each <= 6)
    for number in range(int(most / step) + 1):
        y = _up(number * step, most)
        yield f'<path class="axis" d="M{left - 4} {y} H{left}"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{number * step:g}</text>'


def _up(value: float, most: float) -> float:
    return round(BOTTOM - value / most * (BOTTOM - TOP), 1)


def _across(stacks: int, largest: int) -> float:
    return round(LINES[0] + stacks / largest * (LINES[1] - LINES[0]), 1)
