"""Statements that let others read a schema registry."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.naming.arn import account_root, arn

# All that a registry's policy can allow without letting anyone change something: no ExportSchema, no tags.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-resource-based-schemas.html
READ_ACTIONS = (
    "schemas:DescribeRegistry",
    "schemas:ListSchemas",
    "schemas:SearchSchemas",
    "schemas:DescribeSchema",
    "schemas:ListSchemaVersions",
    "schemas:DescribeCodeBinding",
    "schemas:GetCodeBindingSource",
)


def read_by_accounts(registry: str, accounts: Sequence[str], *, account: str, region: str) -> Statement:
    """Let *accounts* read all schemas of *registry*, which is in *account*."""
    principals = [account_root(reader, region=region) for reader in accounts]
    return {
        "Sid": "ReadByAccounts",
        "Effect": "Allow",
        "Principal": {"AWS": one_or_many(principals)},
        "Action": list(READ_ACTIONS),
        "Resource": _resources(registry, account=account, region=region),
    }


def read_by_organization(registry: str, organization_id: str, *, account: str, region: str) -> Statement:
    """Let every account of an organisation read all schemas of *registry*."""
    return {
        "Sid": "ReadByOrganization",
        "Effect": "Allow",
        "Principal": "*",
        "Action": list(READ_ACTIONS),
        "Resource": _resources(registry, account=account, region=region),
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": organization_id}},
    }


def _resources(registry: str, *, account: str, region: str) -> list[str]:
    # As AWS's own examples have it: the registry, and the schemas without a slash before the asterisk. The policy
    # is attached to this registry, so it opens no other whose name begins alike.
    schemas = arn("schemas", f"schema/{registry}*", region=region, account=account)
    return [arn("schemas", f"registry/{registry}", region=region, account=account), schemas]
