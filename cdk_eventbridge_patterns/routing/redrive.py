"""What puts dead letters back where they failed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

from aws_cdk import Acknowledgment, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from cdk_eventbridge_patterns.encryption.grants import acknowledge_keys
from cdk_eventbridge_patterns.plan.redrive import RedrivePlan, plan_redrive
from cdk_eventbridge_patterns.plan.way_back import WayBack
from cdk_eventbridge_patterns.tree.place import Place

# Not in `plan/misjudged.py`, for it is about this role's policy, and right of others.
_ANY_RESOURCE = Acknowledgment(
    id="AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason="The actions by which Step Functions delivers its log, and those of X-Ray, take no narrower resource.",
)


class Redrive(Construct):
    """A state machine that puts what is in a dead-letter queue back where it failed: made by `add_redrive`.

    It does so when somebody starts it, one message after the other. An event goes back to the target it could not be
    delivered to, or, where a subscription failed, onto the bus that subscribes; a message that SQS took from an inbox
    goes back into it. What has no way back is left and reported. A message is deleted once its target took it, so it
    may arrive twice, never not at all.
    """

    def __init__(self, scope: Construct, id: str, *, place: Place, plan: RedrivePlan) -> None:
        resources = plan_redrive(plan)
        place.check(resources)
        super().__init__(scope, id)

        self._plan = plan
        self._acknowledged_keys: set[str] = set()
        self._resources = place.put(self, resources)
        Validations.of(self).acknowledge(_ANY_RESOURCE)
        self._acknowledge_keys()

    @property
    def state_machine_name(self) -> str:
        """The name of the state machine, literal."""
        return self._plan.machine_name

    @property
    def state_machine_arn(self) -> str:
        """The ARN of the state machine, literal."""
        return self._plan.machine_arn

    @cached_property
    def state_machine(self) -> sfn.IStateMachine:
        """The state machine as the CDK's L2 sees it, for grants and metrics."""
        return sfn.StateMachine.from_state_machine_arn(self, "StateMachine", self.state_machine_arn)

    @property
    def cfn_state_machine(self) -> sfn.CfnStateMachine:
        """The state machine as a typed L1."""
        return cast("sfn.CfnStateMachine", self._resources.get_resource(self._plan.machine_id))

    @property
    def cfn_role(self) -> iam.CfnRole:
        """Its role as a typed L1."""
        return cast("iam.CfnRole", self._resources.get_resource(self._plan.role_id))

    @property
    def cfn_log_group(self) -> logs.CfnLogGroup:
        """Its log group as a typed L1."""
        return cast("logs.CfnLogGroup", self._resources.get_resource(self._plan.log_group_id))

    def know(self, ways: Sequence[WayBack]) -> None:
        """Learn all ways back, in place of those known before."""
        self._plan = self._plan.knowing(tuple(ways))
        self.cfn_state_machine.definition = self._plan.definition()
        self.cfn_role.policies = [
            iam.CfnRole.PolicyProperty(policy_name=policy["PolicyName"], policy_document=policy["PolicyDocument"])
            for policy in self._plan.policies()
        ]
        self._acknowledge_keys()

    def _acknowledge_keys(self) -> None:
        """Say to cdk-nag why the role may use any key with an alias, where the id of the key is not known."""
        for keys in {str(key["Resource"]) for key in self._plan.key_statements()} - self._acknowledged_keys:
            self._acknowledged_keys.add(keys)
            if keys.endswith(":key/*"):
                acknowledge_keys(self, keys)
