"""Whatever a template holds, it is read, or refused in our words, and judged, drawn and listed without a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.assembly.attributes import SHAPES
from cdk_eventbridge_patterns.assembly.intrinsics import FUNCTIONS
from cdk_eventbridge_patterns.catalog import Directory
from cdk_eventbridge_patterns.catalog.eventcatalog import eventcatalog_files
from cdk_eventbridge_patterns.checks.judge import UNREADABLE, judge
from cdk_eventbridge_patterns.diagrams import mermaid_of, picture_of
from cdk_eventbridge_patterns.errors import AssemblyError
from tests.catalogs import broken_pointers

_NAMES = ["Bus", "Rule", "Queue", "Stage", "AWS::Region", "AWS::NoValue", "Outputs.A", "Arn", "Name"]
_PROPERTIES = [
    *("Name", "EventBusName", "EventPattern", "Targets", "Arn", "Id", "RoleArn", "DeadLetterConfig", "Statement"),
    *(
        "Principal",
        "Action",
        "Resource",
        "Condition",
        "Effect",
        "Queues",
        "PolicyDocument",
        "KmsMasterKeyId",
        "Policies",
    ),
    *("StringEquals", "aws:SourceArn", "source", "detail-type", "$or", "Service", "AWS", "InputTransformer", "State"),
]
_TEXTS = ["*", "", "arn:", "arn:aws:sqs:eu-west-1:1:a", "arn:aws:events:::event-bus/a", "events.amazonaws.com", "Allow"]
_TYPES = [*SHAPES, "AWS::Events::EventBusPolicy", "AWS::SQS::QueuePolicy", "AWS::Lambda::Permission", "Custom::X"]

_leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 300), st.sampled_from([*_TEXTS, *_NAMES]), st.text(max_size=5)
)
_values = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(_PROPERTIES), inner, max_size=4),
        st.dictionaries(st.sampled_from(sorted(FUNCTIONS)), inner, min_size=1, max_size=1),
    ),
    max_leaves=12,
)
_resource = st.one_of(
    st.fixed_dictionaries(
        {"Type": st.sampled_from(_TYPES)},
        optional={
            "Properties": st.dictionaries(st.sampled_from(_PROPERTIES), _values, max_size=6) | _values,
            "Condition": _values,
            "Metadata": _values,
        },
    ),
    _values,
)
_template = st.fixed_dictionaries(
    {"Resources": st.dictionaries(st.sampled_from(_NAMES), _resource, max_size=5)},
    optional=dict.fromkeys(("Parameters", "Conditions", "Mappings", "Outputs", "Transform", "Metadata"), _values),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # templates take time to draw
@given(_template)
def test_any_template_is_judged_drawn_and_listed_or_refused_and_nothing_fails(body: dict[str, Any]) -> None:
    template = Template(file=Path("any.json"), stack="Any", body=body, account="111111111111", region="eu-west-1")

    try:
        topology = topology_of([template])
    except AssemblyError:
        return  # an odd stamp or acknowledgement

    findings = judge(topology)
    assert [each.message for each in findings if each.check_id == UNREADABLE and not each.undecided] == []
    picture = picture_of(topology, findings)
    assert len(picture.remarks) == len(findings)
    assert {node.frame for node in picture.nodes} == {frame.id for frame in picture.frames}
    mermaid_of(picture)
    assert broken_pointers(eventcatalog_files(Directory.of(topology), {})) == []
