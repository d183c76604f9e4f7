"""What can be said of event patterns without an event: can one ever match, do two overlap, does one cover the other.

Three answers each. What is said to be impossible is proved; what is said to be possible comes with a witness that the
contract's validator and the matcher have confirmed; the rest is undecided.
"""

from cdk_eventbridge_patterns.matching.analysis.covers import covers
from cdk_eventbridge_patterns.matching.analysis.declared import undeclared
from cdk_eventbridge_patterns.matching.analysis.overlaps import overlaps
from cdk_eventbridge_patterns.matching.analysis.satisfiable import satisfiable
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live, OnlyUndeclared, Verdict

__all__ = ["Dead", "Live", "OnlyUndeclared", "Verdict", "covers", "overlaps", "satisfiable", "undeclared"]
