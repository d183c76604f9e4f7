"""What `Ref` and `Fn::GetAtt` say of a resource: names, ARNs and URLs, as far as they can be told beforehand.

The returned values are those of the page of each type in the CloudFormation template reference.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.assembly.elements.arns import bus_arn, rule_arn
from cdk_eventbridge_patterns.topology.text import generated, unknown
from cdk_eventbridge_patterns.undecided import Undecided

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the identifiers of a type look like.

    Args:
        service: The service, as ARNs call it.

        path: The last part of the ARN; `{}` is the name, `{id}` an id that AWS makes up.

        name: The property that names the resource. Default: it can't be named.

        ref: What `Ref` is: `name`, `arn`, `url` of a queue. Default: the name.

        names: The attributes that are the name.

        arns: The attributes that are the ARN.

        regional: Whether the ARN has a Region in it.

        accountable: Whether it has an account in it.
    """

    service: str
    path: str
    name: str | None = None
    ref: str = "name"
    names: tuple[str, ...] = ()
    arns: tuple[str, ...] = ("Arn",)
    regional: bool = True
    accountable: bool = True


SHAPES: Mapping[str, Shape] = {
    "AWS::Events::EventBus": Shape(service="events", path="event-bus/{}", name="Name", names=("Name",)),
    "AWS::Events::Archive": Shape(service="events", path="archive/{}", name="ArchiveName", names=("ArchiveName",)),
    "AWS::Events::Connection": Shape(service="events", path="connection/{}/{id}", name="Name"),
    "AWS::Events::ApiDestination": Shape(
        service="events", path="api-destination/{}/{id}", name="Name", arns=("Arn", "ArnForPolicy")
    ),
    "AWS::Events::Endpoint": Shape(service="events", path="endpoint/{}", name="Name"),
    "AWS::EventsV2::EventBus": Shape(service="events", path="event-busv2/{}/{id}", name="Name", ref="arn"),
    "AWS::EventsV2::Subscriber": Shape(service="events", path="subscriber/{}/{id}", name="Name", ref="arn"),
    "AWS::EventSchemas::Registry": Shape(
        service="schemas", path="registry/{}", name="RegistryName", ref="arn", arns=("RegistryArn",)
    ),
    "AWS::SQS::Queue": Shape(service="sqs", path="{}", name="QueueName", ref="url", names=("QueueName",)),
    "AWS::SNS::Topic": Shape(
        service="sns", path="{}", name="TopicName", ref="arn", names=("TopicName",), arns=("TopicArn",)
    ),
    "AWS::Lambda::Function": Shape(service="lambda", path="function:{}", name="FunctionName"),
    "AWS::Kinesis::Stream": Shape(service="kinesis", path="stream/{}", name="Name"),
    "AWS::KinesisFirehose::DeliveryStream": Shape(
        service="firehose", path="deliverystream/{}", name="DeliveryStreamName"
    ),
    "AWS::StepFunctions::StateMachine": Shape(
        service="states", path="stateMachine:{}", name="StateMachineName", ref="arn", names=("Name",)
    ),
    "AWS::Logs::LogGroup": Shape(service="logs", path="log-group:{}:*", name="LogGroupName"),
    "AWS::Logs::DeliveryDestination": Shape(service="logs", path="delivery-destination:{}", name="Name"),
    "AWS::Logs::DeliverySource": Shape(service="logs", path="delivery-source:{}", name="Name"),
    "AWS::IAM::Role": Shape(service="iam", path="role{path}{}", name="RoleName", regional=False),
    "AWS::IAM::User": Shape(service="iam", path="user{path}{}", name="UserName", regional=False),
    "AWS::IAM::ManagedPolicy": Shape(
        service="iam",
        path="policy{path}{}",
        name="ManagedPolicyName",
        ref="arn",
        arns=("PolicyArn",),
        regional=False,
    ),
    "AWS::KMS::Key": Shape(service="kms", path="key/{}", names=("KeyId",)),
    "AWS::KMS::Alias": Shape(service="kms", path="{}", name="AliasName"),
    "AWS::DynamoDB::Table": Shape(service="dynamodb", path="table/{}", name="TableName"),
    "AWS::S3::Bucket": Shape(service="s3", path="{}", name="BucketName", regional=False, accountable=False),
    "AWS::CloudWatch::Alarm": Shape(service="cloudwatch", path="alarm:{}", name="AlarmName"),
    "AWS::SSM::Parameter": Shape(service="ssm", path="parameter/{}", name="Name"),
    "AWS::Events::Rule": Shape(service="events", path="rule/{}", name="Name", names=("RuleName",)),
}


def physical_name(resource: ResolvedResource) -> str:
    """Return the name of a resource once deployed: its own, or the part that stands for one CloudFormation makes up."""
    shape = SHAPES[resource.resource_type]
    given = None if shape.name is None else resource.properties.get(shape.name)
    if isinstance(given, (str, int)):
        return str(given)
    if given is not None:
        return unknown(given.reason if isinstance(given, Undecided) else f"what {resource.where} is called")
    name = generated(resource.where)
    is_ordered = any(resource.properties.get(key) in (True, "true") for key in ("FifoQueue", "FifoTopic"))
    return f"{name}.fifo" if is_ordered else name


def arn_of_resource(resource: ResolvedResource) -> str:
    """Return the ARN of a resource whose type has a shape."""
    shape = SHAPES[resource.resource_type]
    name = physical_name(resource)
    if resource.resource_type == "AWS::Events::Rule":
        return rule_arn(bus_arn(resource, resource.properties.get("EventBusName")), name)
    path = str(resource.properties.get("Path") or "/")
    last = shape.path.replace("{path}", path).replace("{id}", generated(f"{resource.where}.Id")).replace("{}", name)
    region = resource.region if shape.regional else ""
    account = resource.account if shape.accountable else ""
    return f"arn:{resource.partition}:{shape.service}:{region}:{account}:{last}"


def reference_to(resource: ResolvedResource) -> str:
    """Return what `Ref` says of *resource*."""
    function = _version_or_alias(resource)
    if function is not None:
        return function
    shape = SHAPES.get(resource.resource_type)
    if shape is None:
        return unknown(f"Ref of {resource.where}")
    if shape.ref == "arn":
        return arn_of_resource(resource)
    name = physical_name(resource)
    if shape.ref == "url":
        return f"https://sqs.{resource.region}.amazonaws.com/{resource.account}/{name}"
    return name


def attribute_of(resource: ResolvedResource, attribute: str) -> Any:  # noqa: ANN401 - whatever it is
    """Return what `Fn::GetAtt` says of *attribute*."""
    shape = SHAPES.get(resource.resource_type)
    if shape is not None and attribute in shape.arns:
        return arn_of_resource(resource)
    if shape is not None and attribute in shape.names:
        return physical_name(resource)
    if resource.resource_type == "AWS::SQS::Queue" and attribute == "QueueUrl":
        return reference_to(resource)
    if resource.resource_type == "AWS::SSM::Parameter" and attribute == "Value":
        return resource.properties.get("Value")
    return unknown(f"{attribute} of {resource.where}")


def _version_or_alias(resource: ResolvedResource) -> str | None:
    """Return the ARN of a version or an alias of a function, which is the function's with one more part."""
    if resource.resource_type not in ("AWS::Lambda::Version", "AWS::Lambda::Alias"):
        return None
    function = str(resource.properties.get("FunctionName"))
    if not function.startswith("arn:"):
        function = f"arn:{resource.partition}:lambda:{resource.region}:{resource.account}:function:{function}"
    last = resource.properties.get("Name")
    return f"{function}:{last if isinstance(last, str) else generated(resource.where)}"
