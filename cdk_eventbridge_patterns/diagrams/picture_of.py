"""The picture of a topology."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.diagrams.picture import Picture, Remark
from cdk_eventbridge_patterns.diagrams.places import Places
from cdk_eventbridge_patterns.diagrams.remarks import Remarks
from cdk_eventbridge_patterns.diagrams.topology_drawing import drawing_of
from cdk_eventbridge_patterns.topology.topology import Topology


def picture_of(topology: Topology, findings: Sequence[Finding] = (), *, title: str = "EventBridge topology") -> Picture:
    """Return the picture of *topology*, with *findings* where they belong.

    Args:
        topology: All that was read.

        findings: What is remarked on, in this order. Default: nothing.

        title: What the picture shows, in a line.
    """
    drawing = drawing_of(topology)
    places = Places(drawing, topology)
    remarks = Remarks()
    for finding in findings:
        remark = Remark(severity=finding.severity.value, says=f"{finding.check_id}: {finding.message}")
        remarks.add(remark, places.of(finding.location))
    return remarks.on(
        Picture(
            title=title,
            frames=drawing.frames(),
            nodes=list(drawing.nodes.values()),
            edges=list(drawing.edges.values()),
        )
    )
