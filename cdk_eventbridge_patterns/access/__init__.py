"""Who may publish and who may put rules, as policy statements."""

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.decrypter import Decrypter
from cdk_eventbridge_patterns.access.member import Member
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.access.statement import Statement

__all__ = ["DEFAULT_POLICY_QUOTA", "Consumer", "Decrypter", "Member", "Statement"]
