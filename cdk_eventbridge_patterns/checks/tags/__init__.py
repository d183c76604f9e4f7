"""Checks of tags, for the types of resources that can carry them."""

from cdk_eventbridge_patterns.checks.tags.missing_tag import MissingTag, judge_tags

__all__ = ["MissingTag", "judge_tags"]
