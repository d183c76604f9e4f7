"""What becomes of an estate as others want to read it: people, machines, pull requests."""

from collections.abc import Callable, Mapping

from cdk_eventbridge_patterns.reports.adoption.json_form import json_form
from cdk_eventbridge_patterns.reports.adoption.markdown_form import markdown_form
from cdk_eventbridge_patterns.reports.adoption.words import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {"json": json_form, "markdown": markdown_form}
"""The forms by name; that for terminals is `text`."""

__all__ = ["FORMATS", "Report"]
