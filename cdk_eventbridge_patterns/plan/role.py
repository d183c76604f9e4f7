"""Roles that EventBridge assumes to deliver."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement, one_or_many, policy_document
from cdk_eventbridge_patterns.plan.plan import Plan


def add_role(
    plan: Plan,
    role_id: str,
    *,
    name: str,
    description: str,
    rules: str,
    rules_account: str,
    actions: Sequence[str],
    resource: str,
    key: Statement | None = None,
) -> None:
    """Add a role that only the rules *rules* (an ARN, wildcards allowed) may use, for just these actions.

    *key* lets it use the key of what it writes to: the target asks KMS in the role's name.

    For a rule's target `aws:SourceArn` is the ARN of the rule and `aws:SourceAccount` the account it is in.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    """
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": "sts:AssumeRole",
        "Condition": {
            "ArnLike": {"aws:SourceArn": rules},
            "StringEquals": {"aws:SourceAccount": rules_account},
        },
    }
    permissions = [{"Effect": "Allow", "Action": one_or_many(actions), "Resource": resource}]
    if key is not None:
        permissions.append(key)
    plan.add(
        role_id,
        "AWS::IAM::Role",
        {
            "RoleName": name,
            "Description": description,
            "AssumeRolePolicyDocument": policy_document(trust),
            "Policies": [{"PolicyName": "deliver", "PolicyDocument": policy_document(*permissions)}],
        },
    )
