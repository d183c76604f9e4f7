"""What targets receive.

What LocalStack's tests recorded of AWS stands in its repository beside them, as snapshots of 2024 and 2025.
"""

from __future__ import annotations

from tests.facts.fact import Fact, documented, seen, undocumented

_GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
_API = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/"
_TRANSFORM = f"{_GUIDE}eb-transform-target-input.html"
_PUT_TARGETS = f"{_API}API_PutTargets.html"
_TRANSFORMER = f"{_API}API_InputTransformer.html"
_RECORDED = "https://github.com/localstack/localstack/tree/main/tests/aws/services/events"

PAYLOADS: tuple[Fact, ...] = (
    documented(
        "PAY1",
        "Without an input the whole event is sent, as JSON.",
        _PUT_TARGETS,
        tests=("test_a_whole_event_is_sent_without_white_space_and_its_envelope_in_one_order",),
    ),
    seen(
        "PAY2",
        "It has no white space, and its envelope stands in one order: version, id, detail-type, source, account, time, "
        "region, resources, detail; `replay-name` before the resources.",
        _RECORDED,
        tests=(
            "test_a_whole_event_is_sent_without_white_space_and_its_envelope_in_one_order",
            "test_a_replayed_event_has_its_replay_before_its_resources",
        ),
    ),
    documented(
        "PAY3",
        "Nothing of the event is passed to ECS tasks and Run Command.",
        _PUT_TARGETS,
        tests=("test_nothing_of_the_event_is_passed_to_a_task_or_a_command",),
    ),
    documented(
        "PAY4",
        "`Input` replaces the event by a constant, which must be JSON.",
        _PUT_TARGETS,
        tests=("test_a_constant_is_sent_in_place_of_the_event", "test_the_api_refuses_what_is_beyond_its_limits"),
    ),
    seen(
        "PAY5",
        "`InputPath` sends a part of the event as JSON: text keeps its quotes.",
        _PUT_TARGETS,
        _RECORDED,
        tests=("test_a_path_to_an_object_sends_it_as_json", "test_a_path_to_a_string_sends_it_with_its_quotes"),
    ),
    documented(
        "PAY6",
        "A target has one of `Input`, `InputPath` and `InputTransformer`; AWS refuses several.",
        _PUT_TARGETS,
        tests=("test_put_targets_refuses",),
    ),
    documented(
        "PAY7",
        "A path has dots and indices.",
        _TRANSFORM,
        tests=("test_a_path_by_dots_and_indices_is_followed",),
    ),
    undocumented(
        "PAY8",
        "What does a path send that has wildcards or brackets, or that finds null or, as `InputPath`, nothing? "
        "Undecided: pages contradict each other, or say nothing.",
        _TRANSFORM,
        _PUT_TARGETS,
        tests=("test_a_path", "test_a_path_of_a_template_that_is_not_plain", "test_a_path_tells_null_from_nothing"),
    ),
    seen(
        "PAY9",
        "A template of quoted text is sent with its quotes, several lines with their breaks; an object in it loses the "
        "quotes of its keys and texts; a variable that finds nothing leaves nothing.",
        _TRANSFORM,
        _RECORDED,
        tests=("test_quoted_text_is_sent_with_its_quotes",),
    ),
    seen(
        "PAY10",
        "In a template that is JSON, text gets quotes where the variable stands bare, objects and numbers none; a bare "
        'variable that finds nothing becomes `""`.',
        _TRANSFORM,
        _RECORDED,
        tests=("test_a_json_template_makes_json", "test_the_examples_of_the_user_guide"),
    ),
    seen(
        "PAY11",
        "An object or array inside the quotes of a JSON template keeps the event from arriving. AWS's guide says that "
        "its quotes are removed.",
        _TRANSFORM,
        _RECORDED,
        tests=("test_an_object_or_array_inside_the_quotes_of_a_json_template_is_not_sent",),
    ),
    undocumented(
        "PAY12",
        "How is text sent that JSON has to escape, and what does a template do that is neither JSON nor quoted lines? "
        "Undecided.",
        _TRANSFORM,
        tests=("test_a_string_that_json_escapes", "test_a_template_that_no_page_describes"),
    ),
    documented(
        "PAY13",
        "AWS refuses more than 100 paths, paths longer than 256 and templates longer than 8,192 characters, and a "
        "variable in place of a key.",
        _TRANSFORMER,
        tests=("test_the_api_refuses_what_is_beyond_its_limits",),
    ),
    seen(
        "PAY14",
        "AWS refuses a variable that no path defines.",
        _RECORDED,
        tests=("test_put_targets_refuses",),
    ),
    documented(
        "PAY15",
        "`aws.events.rule-arn`, `rule-name` and `event.json` are the rule and the whole event; the time of ingestion "
        "is known at delivery only, and of `event` page and recording differ, so it stays a part.",
        _TRANSFORM,
        tests=(
            "test_the_rule_is_known_by_its_variables",
            "test_the_time_of_ingestion_is_known_at_delivery_only",
            "test_the_event_without_its_detail_is_left_as_a_part",
        ),
    ),
    documented(
        "PAY16",
        "A bus of another account is sent the event as it is; AWS refuses an input there. For one of the same account "
        "that is documented nowhere, and undecided.",
        _PUT_TARGETS,
        tests=(
            "test_a_bus_in_another_account_can_be_sent_the_event_only",
            "test_a_bus_of_the_same_account_that_is_sent_a_part",
        ),
    ),
    documented(
        "PAY17",
        "Functions and state machines take JSON. That lines of text do not get there is our conclusion.",
        "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
        "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html",
        tests=("test_what_takes_json_is_not_sent_lines_of_text",),
    ),
    seen(
        "PAY18",
        "A log group takes an object of `timestamp` and `message`; anything else but the event is undecided.",
        "https://github.com/aws/aws-cdk/issues/20748",
        tests=("test_a_log_group_takes_a_timestamp_and_a_message", "test_a_log_group_that_is_sent_anything_else"),
    ),
    documented(
        "PAY19",
        "A subscriber of the newer bus sends the data that were published, if it says nothing else: to queues, topics "
        "and streams one event at a time. Metadata, expressions and batches are not followed, and undecided.",
        f"{_GUIDE}eb-custom-bus-transform.html",
        tests=(
            "test_a_subscriber_is_sent_the_published_data_by_default",
            "test_how_many_events_a_subscriber_sends_at_once",
            "test_the_metadata_and_the_expressions_of_a_subscriber",
        ),
    ),
)
