"""Checks of tags, for the types of resources that can carry them."""

from cdk_eventbridge_patterns.checks.tags.missing_tag import MissingTag, judge_tags
from cdk_eventbridge_patterns.checks.tags.tagged_resource import TAGGABLE, UNTAGGABLE, TaggedResource, tagged_resources

__all__ = ["TAGGABLE", "UNTAGGABLE", "MissingTag", "TaggedResource", "judge_tags", "tagged_resources"]
