"""Pictures of a topology: all accounts, what is in them, and which events go where."""

from cdk_eventbridge_patterns.diagrams.folded import folded
from cdk_eventbridge_patterns.diagrams.mermaid import mermaid_of
from cdk_eventbridge_patterns.diagrams.narrowed import narrowed
from cdk_eventbridge_patterns.diagrams.picture import Picture
from cdk_eventbridge_patterns.diagrams.picture_of import picture_of
from cdk_eventbridge_patterns.diagrams.svg import svg_of

__all__ = ["Picture", "folded", "mermaid_of", "narrowed", "picture_of", "svg_of"]
