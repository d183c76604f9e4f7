"""Tags that are given once, and reach whatever can carry them."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

import pytest
from aws_cdk import App, Environment, Stack, Stage, Validations
from aws_cdk import aws_events as events
from aws_cdk import aws_pipes as pipes

from cdk_eventbridge_patterns import EventBridgeChecks, ProducerBus, TagConvention, apply_tags
from cdk_eventbridge_patterns.assembly import Resolution, Template
from cdk_eventbridge_patterns.assembly.tags import TAGGABLE, UNTAGGABLE, tagged_resources
from cdk_eventbridge_patterns.checks.tags import judge_tags
from tests.templates import SynthesizedStack, synthesize
from tests.world import ORDER_PLACED, ORDERS, REGION, a_stack, an_app

ACME_TAGS = TagConvention(
    required={"stage": ["prod", "test"], "owner": ["team-orders", "team-billing"]}, values={"stage": "prod"}
)
ORDERS_TAGS = ACME_TAGS.with_values({"owner": "team-orders"})


def messages(stack: SynthesizedStack) -> set[str]:
    template = Template(file=stack.template_file, stack=stack.path, body=stack.template)
    resources = tagged_resources(Resolution([template]))
    return {finding.message for finding in judge_tags(resources, ACME_TAGS)}


def a_bus_and_a_pipe(stack: Stack) -> None:
    ProducerBus(stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    queue = f"arn:aws:sqs:{REGION}:{ORDERS}:acme-prod-orders--inbox"
    pipes.CfnPipe(stack, "Pipe", role_arn=f"arn:aws:iam::{ORDERS}:role/pipe", source=queue, target=queue)


def test_all_that_can_carry_tags_has_them_and_an_archive_is_no_fault(app: App, orders_stack: Stack) -> None:
    a_bus_and_a_pipe(orders_stack)
    apply_tags(orders_stack, ORDERS_TAGS)

    stack = synthesize(app)["Orders"]

    assert messages(stack) == set()
    assert stack.one("AWS::Pipes::Pipe")["Tags"] == {"owner": "team-orders", "stage": "prod"}
    assert "Tags" not in stack.one("AWS::Events::Archive")


def test_without_tags_each_one_is_found(app: App, orders_stack: Stack) -> None:
    a_bus_and_a_pipe(orders_stack)

    stack = synthesize(app)["Orders"]

    assert {message.partition(",")[0] for message in messages(stack)} == {
        "tag 'owner' is missing",
        "tag 'stage' is missing",
    }


def test_what_is_nearer_to_a_resource_wins(app: App, orders_stack: Stack) -> None:
    bus = events.CfnEventBus(orders_stack, "Bus", name="acme-prod-orders")
    apply_tags(app, ORDERS_TAGS)
    apply_tags(bus, TagConvention(required={}, values={"owner": "team-billing"}))

    tags = synthesize(app)["Orders"].properties("Bus")["Tags"]

    assert tags == [{"Key": "owner", "Value": "team-billing"}, {"Key": "stage", "Value": "prod"}]


def test_the_tags_of_an_app_do_not_enter_its_stages_and_the_check_says_so(app: App) -> None:
    stack = Stack(Stage(app, "Prod"), "Orders")
    events.CfnEventBus(stack, "Bus", name="acme-prod-orders")
    apply_tags(app, ORDERS_TAGS)

    stacks = synthesize(app)

    assert "tag 'owner' is missing, expected one of 'team-billing', 'team-orders'" in messages(stacks["Prod/Orders"])


def test_the_pack_stops_synthesis_where_a_tag_is_missing_and_passes_where_all_are_given(tmp_path: Path) -> None:
    without, with_tags = an_app(tmp_path / "without"), an_app(tmp_path / "with")
    for app in (without, with_tags):
        Validations.of(app).add_plugins(EventBridgeChecks(app, tags=ACME_TAGS))
        a_bus_and_a_pipe(a_stack(app, "Orders", ORDERS))
    apply_tags(with_tags, ORDERS_TAGS)

    with_tags.synth()
    with pytest.raises(RuntimeError) as refused:
        without.synth()

    assert "tag 'owner' is missing, expected one of 'team-billing', 'team-orders'" in str(refused.value)
    assert "apply_tags" in str(refused.value)


def test_tags_of_the_stack_count_since_cloudformation_gives_them_to_its_resources(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    Validations.of(app).add_plugins(EventBridgeChecks(app, tags=ACME_TAGS))
    env = Environment(account=ORDERS, region=REGION)
    stack = Stack(app, "Orders", env=env, tags={"owner": "team-orders", "stage": "prod"})

    events.CfnEventBus(stack, "Bus", name="acme-prod-orders")

    app.synth()


@pytest.mark.parametrize("name", ["aws_events", "aws_eventschemas", "aws_eventsv2", "aws_pipes", "aws_scheduler"])
def test_the_table_of_types_is_that_of_cloudformation(name: str) -> None:
    module = importlib.import_module(f"aws_cdk.{name}")

    taggable = {resource_type for resource_type, tags in _resource_types(module).items() if tags}
    others = {resource_type for resource_type, tags in _resource_types(module).items() if not tags}

    assert taggable <= TAGGABLE
    assert others <= UNTAGGABLE


def _resource_types(module: ModuleType) -> dict[str, bool]:
    """Return the resource types of a module, and whether their L1 has tags."""
    classes = [cls for _, cls in inspect.getmembers(module, inspect.isclass)]
    types = {getattr(cls, "CFN_RESOURCE_TYPE_NAME", None): hasattr(cls, "tags") for cls in classes}
    return {key: value for key, value in types.items() if isinstance(key, str)}
