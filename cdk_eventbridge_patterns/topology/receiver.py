"""What a target or a dead-letter queue may be: a queue, a topic, a function and so on."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Answer


@dataclass(frozen=True, kw_only=True)
class Receiver(Element):
    """A resource that events may be delivered to, other than a bus.

    Args:
        resource_type: Its CloudFormation type, such as `AWS::SQS::Queue`.

        arn: Its ARN.

        name: Its name.

        key: The KMS key it is encrypted with, as the template names it: the key's ARN or id, or an alias. Default:
            none of one's own.

        fifo: Whether it keeps order, a queue or topic `.fifo`.

        role_arn: The role it runs by, of a function or a state machine. Default: it runs no code.

        deduplicates: Whether, keeping order, it tells duplicates by their content.
    """

    resource_type: str
    arn: str
    name: str
    key: str | None = None
    fifo: bool = False
    role_arn: str | None = None
    deduplicates: Answer = False

    @property
    def is_queue(self) -> bool:
        """Whether it is an SQS queue."""
        return self.resource_type == "AWS::SQS::Queue"
