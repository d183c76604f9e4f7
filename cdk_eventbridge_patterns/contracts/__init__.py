"""Event contracts: what a producer promises about an event, the same object for everyone who uses it."""

from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.aws_events import (
    CLOUDWATCH_ALARM_STATE_CHANGE,
    CONSOLE_SIGN_IN,
    EC2_INSTANCE_STATE_CHANGE,
    ECS_TASK_STATE_CHANGE,
    GUARDDUTY_FINDING,
    HEALTH_EVENT,
    S3_OBJECT_CREATED,
    S3_OBJECT_DELETED,
    STEP_FUNCTIONS_EXECUTION_STATUS_CHANGE,
)
from cdk_eventbridge_patterns.contracts.change import Change, ChangeKind
from cdk_eventbridge_patterns.contracts.compatibility import changes, schema_changes
from cdk_eventbridge_patterns.contracts.data_class import DataClass
from cdk_eventbridge_patterns.contracts.envelope import CloudEvent, Envelope, StandardEnvelope
from cdk_eventbridge_patterns.contracts.envelope_places import EnvelopePlaces
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.contracts.schema_dialect import SchemaDialect
from cdk_eventbridge_patterns.contracts.sensitive import Sensitive

__all__ = [
    "CLOUDWATCH_ALARM_STATE_CHANGE",
    "CONSOLE_SIGN_IN",
    "EC2_INSTANCE_STATE_CHANGE",
    "ECS_TASK_STATE_CHANGE",
    "GUARDDUTY_FINDING",
    "HEALTH_EVENT",
    "S3_OBJECT_CREATED",
    "S3_OBJECT_DELETED",
    "STEP_FUNCTIONS_EXECUTION_STATUS_CHANGE",
    "AwsEvent",
    "Change",
    "ChangeKind",
    "CloudEvent",
    "DataClass",
    "Envelope",
    "EnvelopePlaces",
    "EventContract",
    "EventName",
    "EventSchema",
    "EventType",
    "SchemaDialect",
    "Sensitive",
    "StandardEnvelope",
    "changes",
    "schema_changes",
]
