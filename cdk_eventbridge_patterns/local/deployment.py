"""Apps deployed in the emulator, through CloudFormation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any
from uuid import uuid4

from botocore.exceptions import WaiterError

from cdk_eventbridge_patterns.assembly.documents import read_document
from cdk_eventbridge_patterns.assembly.synthesized import path_of
from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local.emulator import Emulator
from cdk_eventbridge_patterns.local.queues import Queues
from cdk_eventbridge_patterns.local.session import AccountSession
from cdk_eventbridge_patterns.local.stacks import LocalStack, stacks_of

# What every template of the CDK asks for, once its account is bootstrapped.
_BOOTSTRAP_VERSION = ("/cdk-bootstrap/hnb659fds/version", "30")

_WAIT = {"Delay": 0.2, "MaxAttempts": 600}
_LONGEST_BODY = 51_200
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


class Done(str, Enum):
    """What was done with a stack."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Deployment:
    """What is deployed in an emulator.

        deployment = Deployment(emulator)
        deployment.deploy(app)

    Templates go to CloudFormation as they are, without the CDK's CLI and without bootstrapping: seconds for an app.

    Args:
        emulator: The emulator.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._deployed: dict[tuple[str, str, str], LocalStack] = {}

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts in which there is something."""
        return tuple(sorted({stack.account for stack in self._deployed.values()}))

    def session(self, account: str, region: str | None = None) -> AccountSession:
        """Return a boto3 session of an account, by default in the emulator's Region."""
        return self._emulator.session(account, region)

    def environment(self, account: str, region: str | None = None) -> dict[str, str]:
        """Return an environment for programs, such as `cdk`, that are to act as an account."""
        return self._emulator.environment(account, region)

    def queues(self, region: str | None = None) -> Queues:
        """Return all queues of all accounts that something is deployed to, by default in the emulator's Region."""
        return Queues(self._emulator, self.accounts, region)

    def deploy(self, *sources: Any, stacks: Sequence[str] = ()) -> dict[str, Done]:  # noqa: ANN401 - a CDK app, without importing the CDK
        """Deploy apps and assemblies, each stack after those it depends on, and return what was done with each.

        What was deployed before under the same names is updated.

        Args:
            sources: CDK apps or stages, which are synthesized; and folders of assemblies.

            stacks: Which stacks, by their names or the paths of their constructs. Default: all.

        Raises:
            EmulatorError: If a stack fails, with the reasons that CloudFormation gives; or has files to upload.
        """
        chosen = [
            stack
            for source in sources
            for stack in stacks_of(path_of(source))
            if not stacks or stack.name in stacks or stack.path in stacks
        ]
        return {stack.name: self._deploy(stack) for stack in chosen}

    def remove(self) -> None:
        """Remove all that is deployed, last first.

        Raises:
            EmulatorError: If a stack can't be deleted.
        """
        for key, stack in reversed(list(self._deployed.items())):
            cloudformation = self._cloudformation(stack)
            cloudformation.delete_stack(StackName=stack.name)
            self._wait(cloudformation, "stack_delete_complete", stack)
            del self._deployed[key]

    def _deploy(self, stack: LocalStack) -> Done:
        key = (stack.account, stack.region, stack.name)
        known = key in self._deployed
        name, version = _BOOTSTRAP_VERSION
        ssm = self._emulator.session(stack.account, stack.region).client("ssm")
        ssm.put_parameter(Name=name, Value=version, Type="String", Overwrite=True)
        self._deployed[key] = stack
        return self._update(stack) if known else self._create(stack)

    def _create(self, stack: LocalStack) -> Done:
        cloudformation = self._cloudformation(stack)
        self._change(cloudformation, "CREATE", stack)
        self._wait(cloudformation, "stack_create_complete", stack)
        return Done.CREATED

    def _update(self, stack: LocalStack) -> Done:
        cloudformation = self._cloudformation(stack)
        if not self._change(cloudformation, "UPDATE", stack):
            return Done.UNCHANGED
        self._wait(cloudformation, "stack_update_complete", stack)
        return Done.UPDATED

    def _change(self, cloudformation: Any, kind: str, stack: LocalStack) -> bool:  # noqa: ANN401 - boto3 has no types
        """Execute a change set, as the CDK's CLI does; return whether there is anything to change.

        UpdateStack of the emulator forgets the new template, and what is in it is left when the stack is deleted.
        """
        named = {"StackName": stack.name, "ChangeSetName": f"local-{uuid4()}"}
        with self._template_of(stack) as template:
            cloudformation.create_change_set(**named, ChangeSetType=kind, **template, Capabilities=_CAPABILITIES)
        try:
            cloudformation.get_waiter("change_set_create_complete").wait(**named, WaiterConfig=_WAIT)
        except WaiterError:
            reason = cloudformation.describe_change_set(**named).get("StatusReason", "no reason is given")
            if "didn't contain changes" in reason:
                return False
            raise EmulatorError(f"stack {stack.name} of account {stack.account} can't be changed: {reason}") from None
        cloudformation.execute_change_set(**named)
        return True

    @contextmanager
    def _template_of(self, stack: LocalStack) -> Iterator[Mapping[str, str]]:
        """Hand over a template, without white space; one too long for that is in a bucket meanwhile, as AWS wants it.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
        """
        body = json.dumps(read_document(stack.template), separators=(",", ":"))
        if len(body) <= _LONGEST_BODY:
            yield {"TemplateBody": body}
            return
        s3, bucket = self._emulator.session(stack.account, stack.region).client("s3"), f"local-{uuid4()}"
        elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": stack.region}}
        s3.create_bucket(Bucket=bucket, **({} if stack.region == "us-east-1" else elsewhere))
        s3.put_object(Bucket=bucket, Key=stack.template.name, Body=body)
        yield {"TemplateURL": f"{self._emulator.url}/{bucket}/{stack.template.name}"}
        s3.delete_object(Bucket=bucket, Key=stack.template.name)
        s3.delete_bucket(Bucket=bucket)

    def _cloudformation(self, stack: LocalStack) -> Any:  # noqa: ANN401 - boto3 has no types
        return self._emulator.session(stack.account, stack.region).client("cloudformation")

    def _wait(self, cloudformation: Any, what: str, stack: LocalStack) -> None:  # noqa: ANN401
        try:
            cloudformation.get_waiter(what).wait(StackName=stack.name, WaiterConfig=_WAIT)
        except WaiterError as error:
            reasons = "\n".join(_failures(cloudformation, stack)) or str(error)
            raise EmulatorError(f"stack {stack.name} of account {stack.account} failed:\n{reasons}") from None


def _failures(cloudformation: Any, stack: LocalStack) -> Iterator[str]:  # noqa: ANN401
    for event in reversed(cloudformation.describe_stack_events(StackName=stack.name)["StackEvents"]):
        if event["ResourceStatus"].endswith("FAILED"):
            yield f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
