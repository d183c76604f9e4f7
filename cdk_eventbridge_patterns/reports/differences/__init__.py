"""Differences as others want to read them: people, machines, pull requests."""

from collections.abc import Callable, Mapping, Sequence

from cdk_eventbridge_patterns.differences import Difference
from cdk_eventbridge_patterns.reports.differences.json_form import json_form
from cdk_eventbridge_patterns.reports.differences.markdown_form import markdown_form

FORMATS: Mapping[str, Callable[[Sequence[Difference], Sequence[str]], str]] = {
    "json": json_form,
    "markdown": markdown_form,
}
"""The forms by name, each made of differences and of notes on what was not seen; that for terminals is `text`."""
