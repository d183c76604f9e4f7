"""An audit team that takes events of AWS services from another account, where a team uses them, too."""

from __future__ import annotations

from typing import cast

from aws_cdk import App, Duration, Environment, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    Consumes,
    DeadLetterQueue,
    DefaultBus,
    NamingConvention,
    ServiceStack,
    SubscriptionStack,
    use_convention,
)
from cdk_eventbridge_patterns.contracts import CONSOLE_SIGN_IN, EC2_INSTANCE_STATE_CHANGE, S3_OBJECT_CREATED
from examples.acknowledged import acknowledged

MEDIA, AUDIT = "111111111111", "222222222222"
REGION = "eu-west-1"
AUDITED = [S3_OBJECT_CREATED, CONSOLE_SIGN_IN, EC2_INSTANCE_STATE_CHANGE]
UPLOADS = "acme-prod-media-uploads"


class MediaStack(Stack):
    """The media team's account: a bucket, a queue for what is uploaded, and the audit team let onto the default bus."""

    def __init__(self, app: App, id: str) -> None:
        super().__init__(app, id, env=Environment(account=MEDIA, region=REGION))
        self._make_bucket()
        failed = DeadLetterQueue(self, "DeadLetterQueue", service="media", name="thumbnails-failed")
        thumbnails = sqs.Queue(
            self,
            "Thumbnails",
            queue_name="acme-prod-media--thumbnails",
            enforce_ssl=True,
            retention_period=Duration.days(4),
            dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=5, queue=failed.queue),
        )
        acknowledged(
            thumbnails, "SQS encrypts it with keys of its own; the check knows keys of KMS only.", "CKV_AWS_27"
        )
        default_bus = DefaultBus(
            self,
            "DefaultBus",
            service="media",
            owner="team-media",
            consumers=[Consumer("audit", account=AUDIT, events=AUDITED)],
        )
        default_bus.deliver(
            S3_OBJECT_CREATED,
            to=thumbnails,
            detail={"bucket": {"name": [UPLOADS]}},
            dead_letter_queue=failed,
        )

    def _make_bucket(self) -> None:
        bucket = s3.Bucket(
            self,
            "Uploads",
            bucket_name=UPLOADS,
            enforce_ssl=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            versioned=True,
        )
        acknowledged(
            bucket,
            "The account's trail logs who reads the bucket.",
            "AwsSolutions::AwsSolutions-S1",
            "NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled",
            "CKV_AWS_18",
        )
        acknowledged(
            bucket,
            "The pictures are for everybody to see, and their authors keep them.",
            "NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled",
            "NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS",
        )
        # As a property of the bucket: event_bridge_enabled=True does it by a function and a custom resource.
        cast(
            "s3.CfnBucket", bucket.node.default_child
        ).notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
        )


def build(app: App) -> None:
    """Put both teams' stacks into *app*."""
    use_convention(app, NamingConvention(organization="acme", stage="prod"))
    media = MediaStack(app, "Media")
    env = Environment(account=AUDIT, region=REGION)
    audit = ServiceStack(app, "Audit", env=env, service="audit", owner="team-audit", consumes=AUDITED)
    on_default = BusReference.default(account=MEDIA)
    subscriptions = SubscriptionStack(
        app,
        "AuditSubscriptions",
        env=env,
        service="audit",
        owner="team-audit",
        consumes=[Consumes(event, on=on_default) for event in AUDITED],
    )
    subscriptions.add_stack_dependency(media)
    subscriptions.add_stack_dependency(audit)


if __name__ == "__main__":
    both_teams = App()
    build(both_teams)
    both_teams.synth()
