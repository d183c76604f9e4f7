"""A picture as Mermaid."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.diagrams import folded, mermaid_of, picture_of
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Frame, Node, NodeKind, Picture
from cdk_eventbridge_patterns.testing.builders import a_location
from tests.unit.diagrams.world import a_finding, estate


def test_accounts_are_subgraphs_and_events_stand_on_the_arrows() -> None:
    lines = mermaid_of(picture_of(estate(), title="Acme")).splitlines()

    assert lines[:7] == [
        "flowchart LR",
        "    accTitle: Acme",
        '    subgraph f0["orders<br>111111111111 · eu-west-1"]',
        '        n0(["bus acme-prod-orders<br>archived for 30 days"])',
        '        n1("orders")',
        '        n3["rule acme-prod-billing--order-placed-v1<br>owned by billing"]',
        "    end",
    ]
    assert '    n0 -->|"orders/OrderPlaced.v1"| n3' in lines
    assert "    n3 -.-> n4" in lines


def test_a_finding_is_numbered_coloured_and_said() -> None:
    picture = picture_of(estate(), [a_finding(a_location("Take").at("EventPattern"), "matches nothing")])

    mermaid = mermaid_of(picture)

    assert 'n0 -->|"orders/OrderPlaced.v1<br>⚠ 1"| n3' in mermaid
    assert 'r1["1 · error · DLV001#58; matches nothing"]' in mermaid
    index = next(index for index, edge in enumerate(picture.edges) if edge.remarks)
    assert f"linkStyle {index} stroke:#d1242f" in mermaid


def test_a_folded_picture_has_no_subgraphs() -> None:
    assert "subgraph" not in mermaid_of(folded(picture_of(estate())))


@given(name=st.text(min_size=1), event=st.text(min_size=1))
def test_no_name_is_read_as_a_sign_of_mermaid(name: str, event: str) -> None:
    nodes = [Node(id=end, kind=NodeKind.BUS, frame="f", name=name) for end in "ab"]
    edge = Edge(start="a", end="b", kind=EdgeKind.TAKES, events=(event,))

    mermaid = mermaid_of(
        Picture(title=name, frames=[Frame(id="f", account=name, region="r")], nodes=nodes, edges=[edge])
    )

    line = r' *(?:flowchart LR|accTitle: [^"]*|subgraph f0\["[^"]*"\]|n\d\(\["[^"]*"\]\)|end|n0 -->\|"[^"]*"\| n1)'
    assert [each for each in re.split(r"\r\n|[\n\r]", mermaid.removesuffix("\n")) if not re.fullmatch(line, each)] == []
