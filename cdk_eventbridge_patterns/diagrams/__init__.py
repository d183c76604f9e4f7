"""Pictures of a topology: all accounts, what is in them, and which events go where."""

from collections.abc import Callable, Mapping

from cdk_eventbridge_patterns.diagrams.changes import picture_of_changes
from cdk_eventbridge_patterns.diagrams.folded import folded, legible
from cdk_eventbridge_patterns.diagrams.mermaid import mermaid_of
from cdk_eventbridge_patterns.diagrams.narrowed import narrowed
from cdk_eventbridge_patterns.diagrams.picture import Picture
from cdk_eventbridge_patterns.diagrams.picture_of import picture_of
from cdk_eventbridge_patterns.diagrams.svg import svg_of

FORMATS: Mapping[str, Callable[[Picture], str]] = {"svg": svg_of, "mermaid": mermaid_of}
"""The forms of a picture by name."""

__all__ = [
    "FORMATS",
    "Picture",
    "folded",
    "legible",
    "mermaid_of",
    "narrowed",
    "picture_of",
    "picture_of_changes",
    "svg_of",
]
