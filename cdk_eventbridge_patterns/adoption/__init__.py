"""How an estate that exists comes over: what our constructs for it are, and what becomes of each resource."""

from cdk_eventbridge_patterns.adoption.outcome import Fate, Interruption, Outcome, Takeover
from cdk_eventbridge_patterns.adoption.proposal import Proposal, Proposals, Verdict
from cdk_eventbridge_patterns.adoption.proposals import proposals
from cdk_eventbridge_patterns.adoption.takeover import takeover

__all__ = [
    "Fate",
    "Interruption",
    "Outcome",
    "Proposal",
    "Proposals",
    "Takeover",
    "Verdict",
    "proposals",
    "takeover",
]
