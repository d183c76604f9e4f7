"""Whom the alarms on a queue tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.monitoring import check_topics

if TYPE_CHECKING:
    from aws_cdk import aws_cloudwatch as cloudwatch


class AlarmTopics:
    """The SNS topics that the alarms on a queue tell, of themselves and of their end."""

    def __init__(self, queue_name: str, alarms: Sequence[cloudwatch.CfnAlarm]) -> None:
        self._queue_name = queue_name
        self._alarms = alarms
        self._arns: list[str] = []

    def add(self, topic_arns: Sequence[str]) -> None:
        """Tell these topics too, each once.

        Raises:
            DeclarationError: If there is no alarm, one is no topic, or an alarm would have more than it has room for.
        """
        if not self._alarms:
            msg = f"notify needs the alarm of '{self._queue_name}', which is switched off"
            raise DeclarationError(msg)
        told = list(dict.fromkeys([*self._arns, *topic_arns]))
        check_topics(told)
        self._arns = told
        for alarm in self._alarms:
            alarm.alarm_actions = told
            alarm.ok_actions = told
