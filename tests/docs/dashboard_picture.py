"""The picture of a bus's dashboard in `docs/observability.md`, drawn from the data that the dashboard is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan import Monitoring
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus

FILE = Path(__file__).parents[2] / "docs" / "images" / "bus_dashboard.svg"

# Pixels of a column and a row of CloudWatch's grid, and the gap between widgets.
_COLUMN, _ROW, _GAP = 36, 22, 6
_COLUMNS = 24
_LINE, _CHARACTER = 15, 7

# Legible on either background: colours follow what the reader has set.
_STYLE = """
  .board { fill: #f4f5f7; } .widget { fill: #ffffff; stroke: #b8bec7; }
  text { font: 12px sans-serif; fill: #3c4653; } .title { font-weight: bold; fill: #16191f; }
  .large { font-size: 16px; } .alarm { fill: #1d8102; }
  @media (prefers-color-scheme: dark) {
    .board { fill: #16191f; } .widget { fill: #232a34; stroke: #55606e; }
    text { fill: #c3cad4; } .title { fill: #f2f3f3; } .alarm { fill: #6aaf35; }
  }
"""


def widgets() -> list[Mapping[str, Any]]:
    """Return the widgets of the dashboard of orders, as in the page."""
    declaration = ServiceBusDeclaration(
        service="orders",
        account="111111111111",
        region="eu-west-1",
        naming=NamingConvention(organization="acme", stage="prod"),
        publishes=[EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})],
        owner="team-orders",
        monitoring=Monitoring(runbook="https://wiki.example.com/orders"),
    )
    properties = plan_service_bus(declaration).resources["OrdersBusDashboard"]["Properties"]
    found: list[Mapping[str, Any]] = json.loads(properties["DashboardBody"])["widgets"]
    return found


def picture() -> str:
    """Return the picture as SVG."""
    drawn = widgets()
    width = _COLUMNS * _COLUMN + 2 * _GAP
    height = max(each["y"] + each["height"] for each in drawn) * _ROW + 2 * _GAP
    title = "Layout of the dashboard of a bus"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="board" width="{width}" height="{height}" rx="6"/>',
        *(line for widget in drawn for line in _drawn(widget)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _drawn(widget: Mapping[str, Any]) -> Iterator[str]:
    left, top = widget["x"] * _COLUMN + 2 * _GAP, widget["y"] * _ROW + 2 * _GAP
    width, height = widget["width"] * _COLUMN - 2 * _GAP, widget["height"] * _ROW - 2 * _GAP
    yield f'<rect class="widget" x="{left}" y="{top}" width="{width}" height="{height}" rx="4"/>'
    fitting = [
        (style, part)
        for style, line in _lines(widget)
        for part in wrap(line, width // _CHARACTER, drop_whitespace=False)
    ]
    for number, (style, line) in enumerate(fitting):
        y = top + 20 + number * _LINE
        yield f'<text class="{style}" x="{left + 10}" y="{y}">{escape(line.strip())}</text>'


def _lines(widget: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what stands in a widget, line by line, each with its style."""
    properties = widget["properties"]
    if widget["type"] == "text":
        heading, *rest = filter(None, properties["markdown"].splitlines())
        plain = (line.replace("*", "").replace("](", " (").replace("[", "") for line in rest)
        return [("title large", heading.removeprefix("# ")), *(("line", line) for line in plain)]
    lines = [("title", properties["title"])]
    if widget["type"] == "alarm":
        names = [arn.rpartition(":alarm:")[2] for arn in properties["alarms"]]
        return [*lines, ("alarm", "   ".join(f"■ {name.partition('--')[2]}" for name in names))]
    if widget["type"] == "log":
        fields = properties["query"].split("fields ")[1].partition(" |")[0]
        return [*lines, ("line", fields.replace(", ", "   |   "))]
    labels = [str(metric[-1].get("label")) for metric in properties["metrics"]]
    if properties["view"] == "table":
        columns = [label.partition(": ")[2] for label in labels]
        return [*lines, ("line", "rule   |   " + "   |   ".join(columns))]
    return [*lines, *(("line", f"— {label}") for label in labels)]
