"""What decides who may do what: policies of resources, roles and keys."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement


@dataclass(frozen=True, kw_only=True)
class ResourcePolicy(Element):
    """Statements about who may use a resource, wherever they are written.

    A bus may have many, of a queue or a topic the last one deployed holds.

    Args:
        resource_type: The CloudFormation type that holds the statements, such as `AWS::SQS::QueuePolicy`.

        resource_arn: What the policy is of.

        statements: The statements.

        id: The `StatementId` of a statement of a bus. Default: the policy has none.
    """

    resource_type: str
    resource_arn: str
    statements: tuple[PolicyStatement, ...]
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Role(Element):
    """An IAM role.

    Args:
        arn: Its ARN.

        name: Its name.

        trust: Who may assume it.

        permissions: What it may do, by all policies in the templates.

        unread: Managed policies of it that no template holds, so that nobody can say all it may do.

        boundary: The permissions boundary that narrows what it may do. Default: none.
    """

    arn: str
    name: str
    trust: tuple[PolicyStatement, ...] = ()
    permissions: tuple[PolicyStatement, ...] = ()
    unread: tuple[str, ...] = ()
    boundary: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeyAlias(Element):
    """An alias of a KMS key, whoever made the key.

    Args:
        name: Its name, `alias/…`.
    """

    name: str


@dataclass(frozen=True, kw_only=True)
class Key(Element):
    """A KMS key.

    Args:
        arn: Its ARN.

        statements: Its policy.

        aliases: Its aliases, each `alias/…`.
    """

    arn: str
    statements: tuple[PolicyStatement, ...] = ()
    aliases: tuple[str, ...] = ()
