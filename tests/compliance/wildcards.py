"""The wildcards that statements may have that allow something, with their reasons; `docs/compliance.md` shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.compliance.statements import Allowed, allowed_in


@dataclass(frozen=True, kw_only=True)
class Wildcard:
    """A wildcard that may stand in a statement.

    Args:
        holders: The types of resource whose statements may have it.

        part: The part of the statement.

        shape: What the value looks like, as a regular expression for all of it.

        reason: Why nothing narrower will do.

        source: The page of AWS that says so. Default: it is not a limit of AWS.

        actions: It may stand only in statements whose actions are all of this shape. Default: any.

        principals: It may stand only in statements whose principals are all of this shape. Default: any.
    """

    holders: frozenset[str]
    part: str
    shape: str
    reason: str
    source: str | None = None
    actions: str = ".*"
    principals: str = ".*"

    def is_of(self, statement: Allowed, part: str, value: str) -> bool:
        """Return whether it is the one in *statement*."""
        beside = (("Action", self.actions), ("Principal", self.principals))
        return (
            statement.resource_type in self.holders
            and part == self.part
            and re.fullmatch(self.shape, value) is not None
            and all(re.fullmatch(shape, each) for other, shape in beside for each in statement.parts.get(other, ()))
        )


_EVENTBRIDGE = "https://docs.aws.amazon.com/eventbridge/latest/userguide"
_KMS = "https://docs.aws.amazon.com/kms/latest/developerguide"
_ROLES = frozenset({"AWS::IAM::Policy", "AWS::IAM::Role"})
_KEYS = frozenset({"AWS::KMS::Key"})
_ACCOUNT = r"arn:aws:\w+:[\w-]+:\d{12}"

WILDCARDS = (
    Wildcard(
        holders=frozenset({"AWS::Events::EventBusPolicy"}),
        part="Resource",
        shape=rf"{_ACCOUNT}:rule/([\w.-]+/)?[\w.-]+--\*",
        reason="A consumer makes and names its rules itself: it may do so below the prefix that carries its own name.",
        source=f"{_EVENTBRIDGE}/eb-use-conditions.html",
        actions=r"events:[A-Z]\w+",
    ),
    Wildcard(
        holders=frozenset({"AWS::EventSchemas::RegistryPolicy"}),
        part="Resource",
        shape=rf"{_ACCOUNT}:schema/[\w.-]+\*",
        reason="All schemas of the registry that the policy is attached to, as in AWS's own example.",
        source=f"{_EVENTBRIDGE}/eb-resource-based-schemas.html",
        actions=r"schemas:(Describe|Get|List|Search|Export)\w+",
    ),
    Wildcard(
        holders=_KEYS,
        part="Resource",
        shape=r"\*",
        reason="In the policy of a key it means that key.",
        source=f"{_KMS}/key-policy-overview.html",
    ),
    Wildcard(
        holders=_KEYS,
        part="Action",
        shape=r"kms:\*",
        reason="To the account of the key, so that its administrators can still change the policy.",
        source=f"{_KMS}/key-policy-default.html",
        principals=r"arn:aws:iam::\d{12}:root",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=rf"{_ACCOUNT}:key/\*",
        reason=(
            "AWS makes up the id of a key, which its users know by its alias or not at all. A condition holds the role "
            "to the alias, or to the service of the target, whose key's policy lets in just this role."
        ),
        actions=r"kms:(Decrypt|DescribeKey|Encrypt|GenerateDataKey(WithoutPlaintext)?|ReEncrypt(From|To))",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=r"\*",
        reason="The actions of X-Ray that send traces and ask which to send know no resources.",
        source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html",
        actions=r"xray:(Put|GetSampling)\w+",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=r"\*",
        reason="The actions by which Step Functions delivers the log of a state machine know no resources.",
        source="https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
        actions=(
            r"logs:((Create|Delete|Get|Update)LogDelivery|ListLogDeliveries|(Put|Describe)ResourcePolic\w+|"
            r"DescribeLogGroups)"
        ),
    ),
    Wildcard(
        holders=frozenset({"AWS::Logs::LogGroup"}),
        part="Resource",
        shape=rf"{_ACCOUNT}:log-group:[\w./-]+:log-stream:\*",
        reason="All streams of just this log group, which whoever delivers the logs makes and names.",
        source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html",
        actions=r"logs:(CreateLogStream|PutLogEvents)",
    ),
    # -- what CDK Pipelines grants to its own roles
    Wildcard(
        holders=_ROLES | {"AWS::S3::BucketPolicy"},
        part="Action",
        shape=r"(s3:(Abort|DeleteObject|GetBucket|GetObject|List)|kms:(GenerateDataKey|ReEncrypt))\*",
        reason="CDK Pipelines: the forms of these actions, on the bucket of the pipeline's artifacts and its key.",
    ),
    Wildcard(
        holders=_ROLES | {"AWS::S3::BucketPolicy"},
        part="Resource",
        shape=r"<PipelineArtifactsBucket\w+\.Arn>/\*",
        reason="CDK Pipelines: all artifacts of the pipeline.",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=rf"{_ACCOUNT}:(log-group:/aws/codebuild/<Pipeline\w+>:|report-group/<Pipeline\w+>-)\*",
        reason="CDK Pipelines: the logs and test reports of one project of CodeBuild.",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=r"arn:\*:iam::\d{12}:role/\*",
        reason="CDK Pipelines: the roles of `cdk bootstrap`, which a condition picks by their tag.",
        actions="sts:AssumeRole",
    ),
    Wildcard(
        holders=_ROLES,
        part="Resource",
        shape=r"\*",
        reason="CDK Pipelines: the step that changes the pipeline looks up its stack and the bucket of assets.",
        actions="cloudformation:DescribeStacks|s3:ListBucket",
    ),
)


def unlisted(template: Mapping[str, Any]) -> list[str]:
    """Return the wildcards in *template* that are not listed, and statements that allow all but something."""
    return [
        f"{value!r} as {part} of {statement.logical_id}"
        for statement, part, value in _wildcards(template)
        if not any(each.is_of(statement, part, value) for each in WILDCARDS)
    ]


def used(template: Mapping[str, Any]) -> set[Wildcard]:
    """Return which of the list stand in *template*."""
    return {
        each
        for statement, part, value in _wildcards(template)
        for each in WILDCARDS
        if each.is_of(statement, part, value)
    }


def _wildcards(template: Mapping[str, Any]) -> list[tuple[Allowed, str, str]]:
    return [
        (statement, part, value)
        for statement in allowed_in(template)
        for part, values in statement.parts.items()
        for value in values
        if "*" in value or part.startswith("Not")
    ]
