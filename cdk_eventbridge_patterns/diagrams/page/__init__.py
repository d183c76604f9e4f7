"""The page: a topology to search, to look at and to follow events through, in one file that needs no network."""

from cdk_eventbridge_patterns.diagrams.page.page_of import page_of

__all__ = ["page_of"]
