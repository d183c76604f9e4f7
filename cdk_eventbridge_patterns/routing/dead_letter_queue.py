"""The queue for events that could not be delivered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import cast

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import Arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.queue import (
    QueueAddress,
    check_longest_wait,
    longest_wait,
    plan_dead_letter_queue,
    queue_policy,
)
from cdk_eventbridge_patterns.plan.redrive import RedrivePlan, RedriveSettings, redrive_settings
from cdk_eventbridge_patterns.plan.way_back import WayBack
from cdk_eventbridge_patterns.routing.alarm_topics import AlarmTopics
from cdk_eventbridge_patterns.routing.redrive import Redrive
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place


class DeadLetterQueue(Construct):
    """A queue for events that could not be delivered, which only the rules it knows may write to.

    Standard, for EventBridge refuses FIFO; encrypted by SQS, or by a key of your own; kept 14 days; no access without
    TLS. An alarm goes off while something is in it, another when that has been so for a day; `notify` says whom they
    tell. `add_redrive` puts back what is in it.

    Args:
        service: The service that owns the rules.

        name: Tells the queues of one service apart. Default: `dead-letters`.

        alarm: `Disabled(reason)` makes no alarm. Default: there is one.

        longest_wait_hours: After how many hours in the queue an alarm says that nobody has seen to a message, or
            `Disabled(reason)`. Default: 24; no alarm where *alarm* is switched off.

        encryption: The key that encrypts the messages. Default: one of SQS.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If *alarm*, *longest_wait_hours* or *encryption* is something else.
        PlacementError: If the stack has no literal account and Region, or has this queue already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        name: str = "dead-letters",
        alarm: Disabled | None = None,
        longest_wait_hours: int | Disabled | None = None,
        encryption: EncryptionKey | None = None,
        convention: NamingConvention | None = None,
        _sources: Sequence[str] = (),  # the rules that it is made for, so that its policy is not written twice
    ) -> None:
        if alarm is not None and not isinstance(alarm, Disabled):
            msg = f"alarm must be Disabled(reason), got {described(alarm)}; leave it out to have one"
            raise DeclarationError(msg)
        check_longest_wait(longest_wait_hours)
        place = Place.of(scope, convention)
        queue = QueueAddress.of(place.naming, service, name, account=place.account, region=place.region)
        plan = plan_dead_letter_queue(
            queue,
            service,
            alarm=alarm,
            longest_wait_hours=longest_wait_hours,
            key=check_encryption(encryption, place),
            sources=_sources,
        )
        place.check(plan)
        super().__init__(scope, id)

        self.address = queue
        self._service = service
        self._name = name
        self._place = place
        self._has_alarm = alarm is None
        self._has_age_alarm = longest_wait(alarm, longest_wait_hours) is not None
        self._ways: list[WayBack] = []
        self._redrive: Redrive | None = None
        self._source_arns = set(_sources)
        self._encryption = encryption
        self._resources = place.put(self, plan)
        if encryption is not None:
            encryption.before(self.cfn_queue)

    @property
    def queue_arn(self) -> str:
        """The ARN of the queue, literal."""
        return self.address.arn

    @property
    def queue_name(self) -> str:
        """The name of the queue, literal."""
        return self.address.name

    @cached_property
    def queue(self) -> sqs.IQueue:
        """The queue as the CDK's L2 sees it, for grants, metrics and alarms."""
        return queue_view(self, "Queue", self.queue_arn, self._encryption)

    @property
    def cfn_queue(self) -> sqs.CfnQueue:
        """The queue as a typed L1."""
        return cast("sqs.CfnQueue", self._resources.get_resource(self.address.queue_id))

    @property
    def cfn_queue_policy(self) -> sqs.CfnQueuePolicy:
        """Its policy as a typed L1."""
        return cast("sqs.CfnQueuePolicy", self._resources.get_resource(self.address.policy_id))

    @property
    def cfn_alarm(self) -> cloudwatch.CfnAlarm | None:
        """The alarm on it as a typed L1, nothing where it is switched off."""
        if not self._has_alarm:
            return None
        return cast("cloudwatch.CfnAlarm", self._resources.get_resource(self.address.alarm_id))

    @property
    def cfn_age_alarm(self) -> cloudwatch.CfnAlarm | None:
        """The alarm on how long messages are in it as a typed L1, nothing where it is switched off."""
        if not self._has_age_alarm:
            return None
        return cast("cloudwatch.CfnAlarm", self._resources.get_resource(self.address.age_alarm_id))

    def notify(self, *topic_arns: str) -> None:
        """Have the alarms, and their end, told to these SNS topics, whose policies must let CloudWatch publish.

        Raises:
            DeclarationError: If the alarms are switched off, one is no topic, or they are more than five by now.
        """
        self._topics.add(topic_arns)

    def add_redrive(self, settings: RedriveSettings | None = None) -> Redrive:
        """Add a state machine that puts what is in the queue back where it failed, when somebody starts it.

        It knows all deliveries, subscriptions and queues that use this queue, also those that are declared later, and
        writes to their targets alone; docs/redrive.md is the runbook.

        Args:
            settings: How many messages an execution takes and how fast, where its input does not say. Default: 500,
                and 60 a minute.

        Raises:
            DeclarationError: If the queue has a redrive already.
        """
        if self._redrive is not None:
            msg = f"'{self.queue_name}' has a redrive already, {self._redrive.state_machine_name}"
            raise DeclarationError(msg)
        plan = RedrivePlan(
            service=self._service,
            queue=self.address,
            naming=self._place.naming,
            name=self._name,
            settings=redrive_settings(settings),
            ways=tuple(self._ways),
            key=None if self._encryption is None else self._encryption.address,
        )
        self._redrive = Redrive(self, "Redrive", place=self._place, plan=plan)
        for alarm in self._alarms:
            alarm.alarm_description = f"{alarm.alarm_description}; state machine {plan.machine_name} puts them back"
        return self._redrive

    def know(self, *ways: WayBack) -> None:
        """Learn where what comes into the queue goes back to."""
        self._ways += ways
        if self._redrive is not None:
            self._redrive.know(self._ways)

    @property
    def _alarms(self) -> list[cloudwatch.CfnAlarm]:
        return [alarm for alarm in (self.cfn_alarm, self.cfn_age_alarm) if alarm is not None]

    @cached_property
    def _topics(self) -> AlarmTopics:
        return AlarmTopics(self.queue_name, self._alarms)

    def allow_rules(self, *rule_arns: str) -> None:
        """Let these rules write to the queue, and EventBridge use its key for them."""
        self._allow(rule_arns)

    def allow_bus(self, event_bus_arn: str) -> None:
        """Let a bus write to the queue what it can't encrypt or decrypt."""
        self._allow([event_bus_arn])

    def _allow(self, arns: Iterable[str]) -> None:
        known = len(self._source_arns)
        self._source_arns.update(arns)
        if len(self._source_arns) > known:
            self.cfn_queue_policy.policy_document = queue_policy(self.queue_arn, self._source_arns)
        if self._encryption is not None:
            # Also those of other accounts: a rule is where its bus is, and the queue where the consumer is.
            self._encryption.allow_queues(*{Arn.parse(each).account for each in self._source_arns})


def queue_view(scope: Construct, id: str, queue_arn: str, encryption: EncryptionKey | None) -> sqs.IQueue:
    """Return a queue as the CDK's L2 sees it: who is granted to read it is granted its key."""
    if encryption is None:
        return sqs.Queue.from_queue_arn(scope, id, queue_arn)
    return sqs.Queue.from_queue_attributes(scope, id, queue_arn=queue_arn, key_arn=encryption.key.key_arn)
