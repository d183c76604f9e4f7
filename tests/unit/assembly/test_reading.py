"""Paths of all sorts, read; and files that nobody should be able to harm with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import read, topology_of
from cdk_eventbridge_patterns.errors import AssemblyError, NamingError

ORDERS, BILLING = "111111111111", "222222222222"

YAML = """
Parameters:
  Stage: {Type: String}
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: !Sub acme-${Stage}-orders
  Ship:
    Type: AWS::Events::Rule
    Properties:
      Name: ship
      EventBusName: !GetAtt Bus.Arn
      EventPattern:
        source: [com.acme.orders]
        account: [!Ref AWS::AccountId, 012345678901]
      State: !If [IsProd, ENABLED, DISABLED]
      Targets:
        - Id: queue
          Arn: !Join [":", [arn:aws:sqs, !Ref AWS::Region, !Ref AWS::AccountId, lost]]
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
"""

SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: acme-prod-orders}
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      CodeUri: ./src
      Events:
        OrderPlaced:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [com.acme.orders], detail-type: [OrderPlaced.v1]}
"""


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return file


def test_a_template_in_yaml_is_read_with_its_short_forms(tmp_path: Path) -> None:
    estate = written(
        tmp_path,
        "estate.yaml",
        f"""
organization: o-acme123456
sources:
  - path: orders.yaml
    account: "{ORDERS}"
    region: eu-west-1
    parameters: {{Stage: prod}}
""",
    )
    written(tmp_path, "orders.yaml", YAML)

    artifacts = read([estate])
    (rule,) = topology_of(artifacts.templates).rules

    assert artifacts.organization == "o-acme123456"
    assert rule.arn == f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/ship"
    assert rule.event_pattern == {"source": ["com.acme.orders"], "account": [ORDERS, "012345678901"]}
    assert rule.enabled is True
    assert [target.arn for target in rule.known_targets] == [f"arn:aws:sqs:eu-west-1:{ORDERS}:lost"]


def test_the_rules_of_a_sam_template_are_read_through_sams_own_translator(tmp_path: Path) -> None:
    file = written(tmp_path, "template.yaml", SAM)

    topology = topology_of(read([file], account=ORDERS, region="eu-west-1").templates)

    (rule,) = topology.rules
    assert rule.bus_arn == f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/acme-prod-orders"
    (target,) = rule.known_targets
    assert topology.receiver(target.arn) is not None
    (permission,) = topology.policies_on(target.arn)
    assert permission.statements[0].values_of("aws:SourceArn") == (
        f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/{rule.name}",
    )


def test_what_sam_refuses_is_said_in_its_words_with_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "template.yaml", SAM.replace("Runtime: python3.12", "Runtime: 7\n      Nonsense: 1"))

    with pytest.raises(AssemblyError, match=r"template.yaml' is refused by the SAM translator: .*Nonsense"):
        read([file])


def test_a_path_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    file = written(tmp_path, "orders.json", '{"Resources": {}}')
    estate = written(tmp_path, "estate.yaml", "sources: [{path: orders.json}, {path: ./orders.json}]")

    assert len(read([file, estate, estate]).templates) == 1


def test_the_account_of_an_assembly_comes_before_the_given_one(tmp_path: Path) -> None:
    stacks = {"Here": f"aws://{BILLING}/eu-west-1", "Anywhere": "aws://unknown-account/unknown-region"}
    artifacts = {
        name: {
            "type": "aws:cloudformation:stack",
            "environment": environment,
            "properties": {"templateFile": f"{name}.json"},
        }
        for name, environment in stacks.items()
    }
    written(tmp_path, "manifest.json", json.dumps({"artifacts": artifacts}))
    for name in stacks:
        written(tmp_path, f"{name}.json", "{}")

    templates = read([tmp_path], account=ORDERS, region="us-east-1").templates

    assert {each.stack: (each.account, each.region) for each in templates} == {
        "Here": (BILLING, "eu-west-1"),
        "Anywhere": (ORDERS, "us-east-1"),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sources: []", "sources: List should have at least 1 item"),
        ("sources: [{path: a, region: mars}]", "sources.0.region: Value error, region must be a Region"),
        ("sources: [{path: a, account: 111111111111}]", "sources.0.account: Input should be a valid string"),
        ("sources: [{path: a, acount: '1'}]", "sources.0.acount: Extra inputs are not permitted"),
        ("sources: [{path: a}]\norganization: acme", "organization: Value error, organization must be"),
    ],
)
def test_fails_on_an_estate_file_that_is_none_and_names_the_field(tmp_path: Path, content: str, said: str) -> None:
    file = written(tmp_path, "estate.yaml", content)

    with pytest.raises(AssemblyError) as refused:
        read([file])

    assert "estate.yaml" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "", "must be JSON"),
        ("a.json", '{"Resources": {', "must be JSON"),
        ("a.json", "[]", "must be a JSON object"),
        ("a.json", '{"Resources": []}', "whose Resources is an object"),
        ("a.json", "[" * 100_000, "nested too deep"),
        ("a.json", '{"a":' * 100_000, "nested too deep"),
        ("a.yaml", "[" * 100_000, "nested too deep"),
        ("a.yaml", "- " * 100_000, "nested too deep"),
        ("a.yaml", "a: [", "must be JSON or YAML"),
        ("a.yaml", "a: 1\na: 2", "key 'a' is written twice"),
        ("a.yaml", "? [a]\n: 1", "a key must be text"),
        ("a.yaml", "a: &a [*a]", "must be JSON or YAML"),
        ("a.yaml", "just text", "must be a JSON object"),
        ("a.yaml", "a: !!python/object/apply:os.system [ls]", "must be JSON or YAML"),
        ("a.yaml", "\x00", "must be JSON or YAML"),
        ("a.yaml", "a: 1_:b\nb: 0x\nc: !GetAtt [", "must be JSON or YAML"),
    ],
)
def test_fails_on_a_file_that_is_no_template_and_names_it(tmp_path: Path, name: str, content: str, said: str) -> None:
    file = written(tmp_path, name, content)

    with pytest.raises(AssemblyError) as refused:
        read([file])

    assert str(file) in str(refused.value)
    assert said in str(refused.value)


def test_fails_on_aliases_that_would_fill_the_memory(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]

    with pytest.raises(AssemblyError, match="aliases that make more than"):
        read([written(tmp_path, "bomb.yaml", "\n".join(lines))])


def test_fails_on_a_file_that_is_too_large_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as huge:
        os.truncate(huge.fileno(), 100_000_000)

    with pytest.raises(AssemblyError, match="must be at most 50 MB"):
        read([file])


@pytest.mark.parametrize("path", ["missing.json", "\x00"])
def test_fails_on_a_file_that_is_not_there(tmp_path: Path, path: str) -> None:
    with pytest.raises(AssemblyError, match="can't be read"):
        read([tmp_path / path])


def test_fails_on_a_folder_that_is_no_assembly_and_says_what_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match=r"a folder with manifest\.json such as cdk\.out"):
        read([tmp_path])


@pytest.mark.parametrize(
    "artifact",
    [
        {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../secret.json"}},
        {"type": "cdk:cloud-assembly", "properties": {"directoryName": "../../other"}},
    ],
)
def test_fails_on_a_manifest_that_leads_out_of_its_folder(tmp_path: Path, artifact: dict[str, Any]) -> None:
    written(tmp_path, "cdk.out/manifest.json", json.dumps({"artifacts": {"A": artifact}}))

    with pytest.raises(AssemblyError, match="must name files of its own folder"):
        read([tmp_path / "cdk.out"])


def test_fails_on_an_account_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(NamingError, match="account must be a 12-digit account id"):
        read([tmp_path], account="12")


def test_the_definition_of_an_api_may_be_put_in_at_deployment(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    api = """
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {DefaultAuthorizer: AWS_IAM}
      DefinitionBody: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./api.yaml}}}
"""
    file = written(tmp_path, "template.yaml", SAM + api)

    topology = topology_of(read([file], account=ORDERS, region="eu-west-1").templates)

    assert len(topology.rules) == 1
    assert capfd.readouterr() == ("", "")
