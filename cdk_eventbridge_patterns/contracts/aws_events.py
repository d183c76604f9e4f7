"""The most used events of AWS services.

https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html lists all: make any other with `AwsEvent`.
"""

from __future__ import annotations

from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent

CLOUDWATCH_ALARM_STATE_CHANGE = AwsEvent("aws.cloudwatch", "CloudWatch Alarm State Change")
CONSOLE_SIGN_IN = AwsEvent("aws.signin", "AWS Console Sign In via CloudTrail")
EC2_INSTANCE_STATE_CHANGE = AwsEvent("aws.ec2", "EC2 Instance State-change Notification")
ECS_TASK_STATE_CHANGE = AwsEvent("aws.ecs", "ECS Task State Change")
GUARDDUTY_FINDING = AwsEvent("aws.guardduty", "GuardDuty Finding")
HEALTH_EVENT = AwsEvent("aws.health", "AWS Health Event")
S3_OBJECT_CREATED = AwsEvent("aws.s3", "Object Created")
S3_OBJECT_DELETED = AwsEvent("aws.s3", "Object Deleted")
STEP_FUNCTIONS_EXECUTION_STATUS_CHANGE = AwsEvent("aws.states", "Step Functions Execution Status Change")
