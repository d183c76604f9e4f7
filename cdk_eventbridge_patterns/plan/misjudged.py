"""What packs of others misjudge in resources that are made here, and why: one list, which `docs/compliance.md` shows.

A check of cdk-nag is acknowledged in the tree, where the resource is placed; one of checkov in the template's metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Misjudged:
    """A check of another pack that is wrong about a type of resource as it is made here.

    Args:
        check: What acknowledges it: `Pack::Rule` for cdk-nag, the id for checkov.

        resource_type: The type of resource.

        reason: Why it is wrong here.

        with_property: It judges only resources with this property. Default: all.

        without_property: It judges only resources without this property. Default: all.
    """

    check: str
    resource_type: str
    reason: str
    with_property: str | None = None
    without_property: str | None = None

    @property
    def is_of_checkov(self) -> bool:
        """Whether the check is one of checkov's."""
        return self.check.startswith("CKV")

    def applies_to(self, resource: Mapping[str, Any]) -> bool:
        """Return whether the check misjudges *resource*."""
        properties = resource["Properties"]
        return (
            resource["Type"] == self.resource_type
            and (self.with_property is None or self.with_property in properties)
            and (self.without_property is None or self.without_property not in properties)
        )


MISJUDGED = (
    Misjudged(
        check="NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy",
        resource_type="AWS::IAM::Role",
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
        reason="The policy is for this role alone, and goes when it goes: what AWS keeps inline policies for.",
        with_property="Policies",
    ),
    Misjudged(
        check="NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy",
        resource_type="AWS::IAM::Policy",
        reason=(
            "The policy is for one role, one queue and one table, and is deleted with them. A managed policy would "
            "take one of the ten that a role may have."
        ),
    ),
    *(
        Misjudged(
            check=check,
            resource_type="AWS::SQS::Queue",
            reason=(
                "This queue is itself the dead-letter queue of EventBridge rules, which the check can't see: it looks "
                "for queues that name it in a redrive policy. A dead-letter queue needs none of its own."
            ),
            without_property="RedrivePolicy",
        )
        for check in ("AwsSolutions::AwsSolutions-SQS3", "Serverless::Serverless-SQSRedrivePolicy")
    ),
    Misjudged(
        check="AwsSolutions::AwsSolutions-SF1",
        resource_type="AWS::StepFunctions::StateMachine",
        reason=(
            "Errors alone are logged, and no data: events may say what not everybody who reads logs may read. "
            "What an execution did is its output."
        ),
    ),
    Misjudged(
        check="NIST.800.53.R5::NIST.800.53.R5-DynamoDBInBackupPlan",
        resource_type="AWS::DynamoDB::Table",
        reason=(
            "The table says for some days which events were handled. Point-in-time recovery is on; an older backup "
            "would bring back what is out of date."
        ),
    ),
    Misjudged(
        check="Serverless::Serverless-LambdaEventSourceMappingDestination",
        resource_type="AWS::Lambda::EventSourceMapping",
        reason=(
            "Of a queue, Lambda takes no destination for failures: what fails goes by the queue's redrive policy to "
            "its dead-letter queue."
        ),
    ),
    Misjudged(
        check="NIST.800.53.R5::NIST.800.53.R5-CloudWatchAlarmAction",
        resource_type="AWS::CloudWatch::Alarm",
        reason="Whom the alarm tells is for its owners to say: the topic is theirs, and may be in another stack.",
        without_property="AlarmActions",
    ),
    Misjudged(
        check="CKV_AWS_27",
        resource_type="AWS::SQS::Queue",
        reason="SQS encrypts the queue with keys of its own; the check knows keys of KMS only.",
        without_property="KmsMasterKeyId",
    ),
    Misjudged(
        check="CKV_AWS_119",
        resource_type="AWS::DynamoDB::Table",
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html
        reason="DynamoDB encrypts every table; the check wants a key of the account, which a team may give.",
        without_property="SSESpecification",
    ),
    *(
        Misjudged(
            check=check,
            resource_type="AWS::Logs::LogGroup",
            # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
            reason="CloudWatch Logs encrypts every group; the check wants a key of the account, which a team may give.",
            without_property="KmsKeyId",
        )
        for check in ("NIST.800.53.R5::NIST.800.53.R5-CloudWatchLogGroupEncrypted", "CKV_AWS_158")
    ),
)


_TYPES = frozenset(each.resource_type for each in MISJUDGED)


def misjudged_in(resources: Iterable[Mapping[str, Any]]) -> Iterator[Misjudged]:
    """Return what is misjudged in any of *resources*."""
    every = [resource for resource in resources if resource["Type"] in _TYPES]
    return (each for each in MISJUDGED if any(each.applies_to(resource) for resource in every))


def checkov_metadata(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata that tells checkov what not to judge *resource* by.

    https://github.com/bridgecrewio/checkov/blob/main/docs/2.Basics/Suppressing%20and%20Skipping%20Policies.md
    """
    skip = [{"id": each.check, "comment": each.reason} for each in misjudged_in([resource]) if each.is_of_checkov]
    return {"checkov": {"skip": skip}} if skip else {}
