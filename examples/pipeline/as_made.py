"""What packs of others find in a pipeline as the CDK makes it, and its owners live with."""

from __future__ import annotations

from aws_cdk import pipelines

from examples.acknowledged import acknowledged

_ROLES = (
    "The CDK makes its pipelines' roles so: each action reaches the artifacts, the key, logs and reports of its own."
)
_BOOTSTRAP = "The step that changes the pipeline looks up its stack, and uses the roles of `cdk bootstrap`, by a tag."
_OWN_POLICY = "The policy is for this role alone, and goes when it goes."
_ARTIFACTS = "The next run makes all artifacts anew, and the account's trail logs who reads them."

_ACTIONS = (
    *("s3:Abort*", "s3:DeleteObject*", "s3:GetBucket*", "s3:GetObject*", "s3:List*"),
    *("kms:GenerateDataKey*", "kms:ReEncrypt*"),
)
_PROJECTS = (
    "PipelineBuildSynthCdkBuildProject6BEFA8E6",
    "PipelineProdCheckF2DECDB2",
    "PipelineUpdatePipelineSelfMutationDAA41400",
)


def accept_as_made(pipeline: pipelines.CodePipeline) -> None:
    """Make the pipeline's own resources, and acknowledge what is found in them."""
    pipeline.build_pipeline()
    found = [f"Action::{action}" for action in _ACTIONS]
    found.append("Resource::<PipelineArtifactsBucketAEA9A052.Arn>/*")
    for project in _PROJECTS:
        found.append(f"Resource::arn:aws:logs:eu-west-1:999999999999:log-group:/aws/codebuild/<{project}>:*")
        found.append(f"Resource::arn:aws:codebuild:eu-west-1:999999999999:report-group/<{project}>-*")
    acknowledged(pipeline, _ROLES, *(f"AwsSolutions::AwsSolutions-IAM5[{each}]" for each in found))
    acknowledged(
        pipeline,
        _BOOTSTRAP,
        "AwsSolutions::AwsSolutions-IAM5[Resource::arn:*:iam::999999999999:role/*]",
        "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    )
    acknowledged(pipeline, _OWN_POLICY, "NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy")
    acknowledged(
        pipeline.pipeline.artifact_bucket,
        _ARTIFACTS,
        "AwsSolutions::AwsSolutions-S1",
        *(f"NIST.800.53.R5::NIST.800.53.R5-S3Bucket{rule}Enabled" for rule in ("Logging", "Replication", "Versioning")),
        *("CKV_AWS_18", "CKV_AWS_21"),
    )
