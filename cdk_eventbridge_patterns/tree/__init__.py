"""The CDK construct tree: where a construct stands, which convention holds there, and how a plan is put into it."""

from cdk_eventbridge_patterns.tree.convention import convention_of, use_convention
from cdk_eventbridge_patterns.tree.place import Place
from cdk_eventbridge_patterns.tree.retries import use_retry_policies

__all__ = ["Place", "convention_of", "use_convention", "use_retry_policies"]
