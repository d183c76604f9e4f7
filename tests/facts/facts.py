"""All facts by subject.

To add one: write it here, with the name of a test that holds it, and run `python -m tests.docs.pages`.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.facts.fact import Fact, documented, seen, undocumented
from tests.facts.payloads import PAYLOADS

_GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
_API = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/"
_IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
_KMS = "https://docs.aws.amazon.com/kms/latest/developerguide/"

_CROSS_ACCOUNT = f"{_GUIDE}eb-cross-account.html"
_BUS_TO_BUS = f"{_GUIDE}eb-bus-to-bus.html"
_CROSS_REGION = f"{_GUIDE}eb-cross-region.html"
_DIRECT = f"{_GUIDE}eb-service-cross-account.html"
_DEAD_LETTERS = f"{_GUIDE}eb-rule-dlq.html"
_CONDITIONS = f"{_GUIDE}eb-use-conditions.html"
_ARCHIVES = f"{_GUIDE}eb-archive.html"
_REPLAYS = f"{_GUIDE}eb-replay-archived-event.html"
_BUS_KEY = f"{_GUIDE}eb-encryption-event-bus-cmkey.html"
_BUS_POLICY = f"{_GUIDE}eb-event-bus-perms.html"
_TARGET_POLICY = f"{_GUIDE}eb-use-resource-based.html"
_AWS_EVENTS = f"{_GUIDE}eb-service-event.html"
_PUT_EVENTS = f"{_GUIDE}eb-putevents.html"
_ENTRY = f"{_API}API_PutEventsRequestEntry.html"
_ENTRY_ERRORS = f"{_API}API_PutEventsResultEntry.html"
_PUT_TARGETS = f"{_API}API_PutTargets.html"
_PUT_RULE = f"{_API}API_PutRule.html"
_SHARING = f"{_GUIDE}eb-custom-bus-sharing.html"
_SUBSCRIBERS = f"{_GUIDE}eb-custom-bus-subscribers.html"

# AWS's own templates of a consumer that puts its rule on the bus of a producer.
_SAMPLES = "https://github.com/aws-samples/amazon-eventbridge-resource-policy-samples"

# An emulator whose authors recorded what AWS does, with the recordings.
_STACKD = "https://github.com/radkawar/stackd/blob/d2e89ed7cefe71ea982302e68b666234e94d3920/docs/eventbridge.md"
_STACKD_MOVES = (
    "https://github.com/radkawar/stackd/blob/9dc356f5e5cc49d2d334178a09c1398dd1c62617/"
    "testdata/aws/eventbridge/bus_forwarding.json"
)
_RE_POST_SOURCE = (
    "https://repost.aws/questions/QU9O1i3AITRTqn32Kf6yTxFA/eventbridge-to-lambda-notauthorizedforsourceexception"
)

PUBLISHING = (
    documented(
        "PUB1",
        "In the account of the bus its own IAM decides who publishes; the policy of the bus can only deny.",
        f"{_IAM}reference_policies_evaluation-logic.html",
        tests=(
            "test_the_account_of_the_bus_publishes_by_its_own_iam",
            "test_a_deny_of_the_bus_keeps_its_own_account_out",
            "test_a_role_of_the_same_account_publishes_by_its_own_policy",
        ),
    ),
    documented(
        "PUB2",
        "Another account publishes only if the policy of the bus lets it, and one of its roles only if its own policy "
        "does, too.",
        _BUS_POLICY,
        f"{_IAM}reference_policies_evaluation-logic-cross-account.html",
        tests=(
            "test_another_account_publishes_only_where_the_bus_lets_it",
            "test_a_role_of_another_account_takes_both_its_own_policy_and_that_of_the_bus",
            "test_one_role_alone_may_be_let_in_so_that_it_is_undecided_for_its_account",
        ),
    ),
    documented(
        "PUB3",
        "A bus may hold publishers to sources and detail-types, which are those of the entry.",
        _CONDITIONS,
        tests=(
            "test_a_condition_on_the_source_is_held_against_the_event",
            "test_a_condition_on_the_detail_type_is_held_against_the_event",
        ),
    ),
    documented(
        "PUB4",
        "`events:eventBusInvocation` is false for what is published directly, and true for what a rule delivers to a "
        "bus.",
        _CONDITIONS,
        tests=(
            "test_what_is_published_directly_is_no_invocation_by_a_bus",
            "test_a_delivery_by_a_rule_is_an_invocation_by_a_bus",
        ),
    ),
    documented(
        "PUB5",
        "A bus may let in a whole organisation; which one the accounts are of somebody has to say.",
        _BUS_POLICY,
        tests=(
            "test_an_organisation_is_let_in_where_somebody_said_which_it_is",
            "test_whether_an_account_is_of_an_organisation_is_undecided_where_nobody_said",
        ),
    ),
    documented(
        "PUB6",
        "AWS services publish on the default bus of their account, which every account has.",
        _AWS_EVENTS,
        tests=(
            "test_aws_services_publish_on_default_buses_only",
            "test_every_account_has_a_default_bus",
        ),
    ),
    seen(
        "PUB7",
        "Whoever else publishes with a source that begins with `aws.` gets NotAuthorizedForSourceException. AWS lists "
        "the error and not this cause.",
        _ENTRY_ERRORS,
        _RE_POST_SOURCE,
        tests=("test_nobody_else_publishes_with_a_source_of_aws",),
    ),
    documented(
        "PUB8",
        "A partner publishes on the bus that has the name of its event source.",
        f"{_API}API_CreateEventBus.html",
        tests=("test_a_partner_publishes_on_the_bus_that_has_the_name_of_its_source",),
    ),
    seen(
        "PUB9",
        "An event for a bus that is not there is taken and dropped, without an error. A trace says that it is not "
        "published.",
        _STACKD,
        tests=("test_on_a_bus_that_nobody_declares_nothing_is_published",),
    ),
    documented(
        "PUB10",
        "EventBridge gives an event its id and, where the entry has none, its time. They are unknown beforehand, and "
        "so is what a rule makes of them.",
        f"{_GUIDE}eb-events-structure.html",
        _ENTRY,
        tests=(
            "test_the_id_and_the_time_that_eventbridge_makes_up_are_unknown",
            "test_what_eventbridge_makes_up_is_not_known_beforehand",
            "test_what_is_left_out_is_filled_in",
        ),
    ),
    documented(
        "PUB11",
        "An entry is smaller than 1 MB in bytes of UTF-8: source, detail-type, detail, resources, and 14 for a time.",
        _PUT_EVENTS,
        tests=("test_an_event_is_smaller_than_a_mebibyte_by_what_counts",),
    ),
    documented(
        "PUB12",
        "An entry has a source, a detail-type of at most 128 characters, and a detail that is a JSON object.",
        _ENTRY,
        tests=(
            "test_an_event_that_can_not_be_is_refused",
            "test_source_detail_type_and_detail_have_to_be_there",
            "test_an_entry_that_put_events_refuses_is_refused",
        ),
    ),
)

SUBSCRIPTIONS = (
    documented(
        "SUB1",
        "A consumer may put its own rule on the bus of another account, which is then in the account and Region of the "
        "bus.",
        _BUS_POLICY,
        _SAMPLES,
        tests=(
            "test_a_subscription_arrives_by_the_consumers_rule_role_and_bus",
            "test_the_rule_is_in_the_account_and_region_of_the_bus_whoever_put_it_there",
        ),
    ),
    documented(
        "SUB2",
        "The policy of the bus has to allow it, each of the actions that CloudFormation calls; else the rule is never "
        "deployed.",
        _BUS_POLICY,
        _SAMPLES,
        tests=(
            "test_without_leave_of_the_bus_the_rule_is_never_put",
            "test_leave_for_some_of_the_actions_is_not_enough",
        ),
    ),
    documented(
        "SUB3",
        "The policy may hold a rule to its creator, `events:creatorAccount`, and to its targets, `events:TargetArn`.",
        _CONDITIONS,
        tests=(
            "test_the_creator_of_a_rule_is_the_account_of_its_stack",
            "test_the_bus_may_say_at_which_targets_a_rule_is_aimed",
        ),
    ),
    documented(
        "SUB4",
        "It may hold a rule to sources and detail-types, which are those of the event pattern: StringEquals by itself "
        "takes one source, ForAllValues several, and none, too.",
        _CONDITIONS,
        tests=("test_a_condition_on_the_source_is_held_against_the_pattern_as_aws_tabulates",),
    ),
    undocumented(
        "SUB5",
        "What is `events:source` where the pattern asks by an operator, such as prefix? Undecided.",
        _CONDITIONS,
        tests=("test_what_a_pattern_with_operators_counts_as_is_undecided",),
    ),
    documented(
        "SUB6",
        "A rule on a bus of another account may have buses as targets only.",
        _DIRECT,
        tests=("test_a_foreign_rule_may_have_buses_as_targets_only",),
    ),
    documented(
        "SUB7",
        "The role is the consumer's, so the consumer's bus needs no policy.",
        _SAMPLES,
        tests=(
            "test_no_policy_of_the_consumers_bus_is_needed_as_the_role_is_of_its_account",
            "test_a_role_that_may_not_put_events_loses_them",
        ),
    ),
)

ROUTES = (
    documented(
        "RTE1",
        "A producer may push events to the bus of another account by its own rule and role; the receiving bus has to "
        "let the role or its account in.",
        _CROSS_ACCOUNT,
        tests=(
            "test_a_route_arrives_by_the_producers_role_and_the_policy_of_the_receiving_bus",
            "test_without_a_policy_the_receiving_bus_keeps_the_role_out",
            "test_the_policy_of_the_receiving_bus_may_name_the_role",
            "test_the_producers_bus_takes_no_policy_for_its_own_rule",
        ),
    ),
    documented(
        "RTE2",
        "A moved event keeps the account it was published in, so a rule that asks for another one leaves it out.",
        _CROSS_ACCOUNT,
        tests=(
            "test_a_moved_event_keeps_what_it_says_of_where_it_was_published",
            "test_a_rule_that_asks_for_its_own_account_takes_no_event_of_another",
        ),
    ),
    seen(
        "RTE3",
        "It keeps its Region, source, detail-type, resources and detail. Others saw its id stay in one Region, and id "
        "and time change between two; a trace takes the id for unknown, and the time of one that changed its Region.",
        _STACKD_MOVES,
        tests=("test_a_moved_event_keeps_the_region_it_was_published_in_while_its_id_and_time_may_be_others",),
    ),
    undocumented(
        "RTE4",
        "Has what a rule delivers by a role `events:source`, `events:detail-type` and `aws:SourceArn`? AWS has "
        "examples of the last, without a word on roles; others saw the first two. Undecided, unless the policy answers "
        "the same with them and without.",
        f"{_GUIDE}eb-event-bus-example-policy-restrict-rule.html",
        _STACKD,
        tests=(
            "test_what_a_delivery_by_a_rule_says_of_itself_is_not_documented_and_so_undecided",
            "test_a_policy_that_says_the_same_whatever_a_delivery_says_of_itself_is_decided",
            "test_a_policy_that_asks_for_something_else_where_it_is_said_is_undecided",
        ),
    ),
    undocumented(
        "RTE5",
        "Does the dead-letter queue get what is sent to a bus that is not there? AWS says so of targets in general; "
        "others saw it dropped for a bus. Undecided; without a queue it is lost.",
        _DEAD_LETTERS,
        _STACKD_MOVES,
        tests=("test_whether_a_queue_keeps_what_is_sent_to_a_missing_bus_is_undecided",),
    ),
    documented(
        "RTE6",
        "What is sent to a bus of another account can't be changed: AWS refuses Input, InputPath and InputTransformer.",
        _PUT_TARGETS,
        tests=("test_what_is_sent_to_a_bus_of_another_account_can_not_be_changed",),
    ),
    undocumented(
        "RTE7",
        "Can it be changed for a bus of the same account? Others saw AWS refuse that, too. Undecided.",
        _PUT_TARGETS,
        _STACKD,
        tests=("test_whether_what_is_sent_to_a_bus_of_the_same_account_can_be_changed_is_undecided",),
    ),
)

HOPS = (
    documented(
        "HOP1",
        "An event that was moved is not moved on to a third bus: neither to a third account, nor on from bus to bus "
        "of one account.",
        _CROSS_ACCOUNT,
        _BUS_TO_BUS,
        tests=(
            "test_no_event_moves_on_to_a_third_bus",
            "test_three_moves_are_one_too_many_whatever_their_kinds",
        ),
    ),
    seen(
        "HOP2",
        "A second move within a Region fails with THIRD_ACCOUNT_HOP_DETECTED, also within one account, and a second "
        "move between Regions with THIRD_REGION_HOP_DETECTED, also back to the first. AWS lists the two codes.",
        _DEAD_LETTERS,
        _STACKD_MOVES,
        tests=("test_no_event_moves_on_to_a_third_bus",),
    ),
    undocumented(
        "HOP3",
        "Does one move within a Region and one between Regions pass? AWS documents that no third bus gets the event; "
        "others saw it arrive. Undecided.",
        _CROSS_ACCOUNT,
        _STACKD_MOVES,
        tests=("test_one_move_in_a_region_and_one_out_of_it_are_undecided_as_others_saw_both_pass",),
    ),
    documented(
        "HOP4",
        "A moved event is still delivered to targets that are no bus.",
        _CROSS_ACCOUNT,
        tests=("test_a_moved_event_is_still_delivered_to_what_is_no_bus",),
    ),
    documented(
        "HOP5",
        "What can't move on goes to the dead-letter queue of the second rule, without one it is lost.",
        _DEAD_LETTERS,
        tests=("test_a_move_too_many_ends_in_the_dead_letter_queue_of_the_second_rule",),
    ),
    undocumented(
        "HOP6",
        "May an event move back to a bus it was on, or to the bus it is on? Undecided, and traced no further. Others "
        "saw a bus refused as a target of its own rule.",
        _STACKD,
        tests=(
            "test_whether_an_event_moves_back_is_undecided_and_traced_no_further",
            "test_a_bus_that_is_a_target_of_its_own_rule_is_undecided_and_traced_no_further",
        ),
    ),
    documented(
        "HOP7",
        "An event that is published anew on the bus in between is another one, and may be moved.",
        _CROSS_ACCOUNT,
        tests=("test_what_is_published_on_the_bus_in_between_may_be_moved_from_there",),
    ),
)

ROLES = (
    documented(
        "ROL1",
        "A bus of another account takes a role on the target, since March 2023. A target that is older is taken for a "
        "new one.",
        _CROSS_ACCOUNT,
        tests=("test_a_bus_of_another_account_or_region_takes_a_role",),
    ),
    undocumented(
        "ROL2",
        "What lets a rule without a role put events on another bus of its account? Undecided. Others saw such a target "
        "refused.",
        _BUS_TO_BUS,
        _STACKD,
        tests=("test_what_a_rule_without_a_role_needs_for_a_bus_of_its_account_is_not_documented",),
    ),
    documented(
        "ROL3",
        "Queues, topics, functions and log groups may let EventBridge in by their own policy; all else takes a role.",
        _TARGET_POLICY,
        f"{_GUIDE}eb-use-identity-based.html",
        tests=(
            "test_what_may_be_let_in_by_the_policy_of_the_target_alone_takes_no_role_and_all_else_does",
            "test_a_role_delivers_what_its_policies_allow",
            "test_an_api_destination_is_invoked_by_a_role",
        ),
    ),
    documented(
        "ROL4",
        "The role has to trust EventBridge, which assumes it in the name of the rule and of the account of its bus.",
        f"{_GUIDE}cross-service-confused-deputy-prevention.html",
        tests=(
            "test_a_role_that_eventbridge_may_not_assume_delivers_nothing",
            "test_a_role_is_assumed_in_the_name_of_the_rule_which_is_in_the_account_of_the_bus",
        ),
    ),
    seen(
        "ROL5",
        "Where it can't be assumed, the error is FAILED_TO_ASSUME_ROLE, and NO_PERMISSIONS where the target is a bus. "
        "AWS lists the codes.",
        _DEAD_LETTERS,
        _STACKD,
        tests=(
            "test_a_role_that_eventbridge_may_not_assume_delivers_nothing",
            "test_of_a_bus_the_same_is_told_as_a_missing_permission",
        ),
    ),
    documented(
        "ROL6",
        "In the account of the role, just a Deny of the target's policy keeps it out.",
        f"{_IAM}reference_policies_evaluation-logic.html",
        tests=("test_in_one_account_just_a_deny_of_the_target_keeps_the_role_out",),
    ),
)

DIRECT_TARGETS = (
    documented(
        "DIR1",
        "A queue, topic, function, stream or API of another account may be a target in the same Region, by a role of "
        "the account of the bus that the target lets in.",
        _DIRECT,
        tests=(
            "test_a_queue_of_another_account_is_reached_by_a_role_of_the_buss_account_that_the_queue_lets_in",
            "test_topics_functions_and_streams_may_be_in_another_account",
            "test_an_api_gateway_of_another_account_may_be_a_target_and_is_not_read",
            "test_across_accounts_it_takes_a_role",
            "test_across_accounts_the_role_is_of_the_account_of_the_bus",
            "test_across_accounts_the_target_lets_the_role_in_and_the_role_may_deliver",
            "test_across_accounts_leave_for_the_service_is_none_for_the_role",
        ),
    ),
    documented(
        "DIR2",
        "No other service may be in another account.",
        _DIRECT,
        tests=("test_no_other_service_may_be_in_another_account",),
    ),
    documented(
        "DIR3",
        "In the account of the bus, a queue, topic or function lets EventBridge in by its policy, which may name the "
        "rule; log groups by one policy of the account.",
        _TARGET_POLICY,
        tests=(
            "test_a_queue_of_the_buss_account_lets_the_rule_in_by_its_policy",
            "test_a_queue_that_lets_another_rule_in_keeps_this_one_out",
            "test_an_alias_of_a_function_is_there_where_the_function_is",
            "test_a_log_group_lets_eventbridge_in_by_a_policy_of_its_account",
        ),
    ),
    documented(
        "DIR4",
        "A target that is not there gets nothing, and the dead-letter queue does.",
        _DEAD_LETTERS,
        tests=(
            "test_a_queue_that_its_account_does_not_declare_is_missing",
            "test_a_queue_of_an_account_that_nobody_read_is_undecided",
        ),
    ),
    documented(
        "DIR5",
        "A FIFO queue as target takes a message group, and deduplicates by content.",
        f"{_API}API_SqsParameters.html",
        f"{_API}API_Target.html",
        tests=(
            "test_a_fifo_queue_gets_events_with_a_message_group",
            "test_without_a_message_group_a_fifo_queue_refuses_them",
            "test_a_fifo_queue_has_to_deduplicate_by_content",
        ),
    ),
)

REGIONS = (
    documented(
        "REG1",
        "A bus of another Region may be a target, by a role.",
        _CROSS_REGION,
        tests=(
            "test_a_bus_of_another_region_is_reached_by_a_role",
            "test_a_bus_of_another_account_or_region_takes_a_role",
        ),
    ),
    documented(
        "REG2",
        "Nothing else may be in another Region.",
        _DIRECT,
        _CROSS_REGION,
        tests=("test_nothing_but_a_bus_may_be_in_another_region",),
    ),
    documented(
        "REG3",
        "A dead-letter queue is in the Region of its rule.",
        _DEAD_LETTERS,
        tests=("test_a_dead_letter_queue_is_in_the_region_of_its_rule",),
    ),
)

DEAD_LETTER_QUEUES = (
    documented(
        "DLQ1",
        "What can't be delivered goes to the dead-letter queue of the target; without one it is lost.",
        _DEAD_LETTERS,
        tests=(
            "test_what_can_not_be_delivered_goes_to_the_dead_letter_queue",
            "test_without_a_dead_letter_queue_it_is_lost",
        ),
    ),
    documented(
        "DLQ2",
        "The queue lets EventBridge in by its policy, for the ARN of the rule, which is in the account of the bus. The "
        "role of the target does not count.",
        _DEAD_LETTERS,
        _SAMPLES,
        tests=(
            "test_a_queue_that_does_not_let_the_rule_in_loses_it",
            "test_a_queue_lets_the_rule_in_by_its_arn",
            "test_the_role_of_the_target_does_not_send_to_its_dead_letter_queue",
            "test_the_dead_letter_queue_of_a_subscription_is_let_in_by_a_rule_of_the_producers_account",
        ),
    ),
    documented(
        "DLQ3",
        "It may be in another account.",
        _DEAD_LETTERS,
        _SAMPLES,
        tests=("test_a_queue_of_another_account_may_keep_it_where_its_policy_lets_the_rule_in",),
    ),
    documented(
        "DLQ4",
        "It is a standard queue; a target with a FIFO queue is taken for refused at deployment.",
        _DEAD_LETTERS,
        tests=("test_a_fifo_queue_is_refused_as_a_dead_letter_queue_and_so_is_its_target",),
    ),
    documented(
        "DLQ5",
        "The queue of a bus keeps what the bus can't encrypt or decrypt, and nothing that a rule can't deliver.",
        f"{_GUIDE}eb-encryption-event-bus-dlq.html",
        tests=("test_the_queue_of_a_bus_keeps_nothing_that_a_rule_can_not_deliver",),
    ),
)

_QUEUE_KEY = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"

ENCRYPTION = (
    documented(
        "KEY1",
        "The key of a bus lets EventBridge describe it, make data keys and decrypt, held to the bus or not; else the "
        "bus hands on nothing.",
        _BUS_KEY,
        f"{_GUIDE}eb-encryption-key-policy.html",
        tests=(
            "test_a_bus_with_a_key_that_lets_eventbridge_in_hands_events_to_its_rules",
            "test_a_bus_whose_key_keeps_eventbridge_out_hands_on_nothing",
            "test_the_key_of_a_bus_may_be_held_to_that_bus",
        ),
    ),
    undocumented(
        "KEY2",
        "Has kms:DescribeKey the encryption context of the bus? Undecided.",
        _BUS_KEY,
        tests=("test_whether_the_description_of_a_key_is_held_to_the_bus_is_not_documented",),
    ),
    documented(
        "KEY3",
        "An encrypted queue, as target or for dead letters, takes what its key lets EventBridge encrypt; AWS's own key "
        "lets nobody.",
        _QUEUE_KEY,
        tests=(
            "test_an_encrypted_queue_takes_what_its_key_lets_eventbridge_encrypt",
            "test_a_queue_with_a_key_of_awss_own_takes_nothing_from_eventbridge",
        ),
    ),
    documented(
        "KEY4",
        "EventBridge tells the key of a queue for whom it asks, so it may be held to accounts; does it name the rule "
        "or the queue? A key that lets just one of them in is undecided.",
        _QUEUE_KEY,
        tests=(
            "test_the_key_of_a_queue_may_be_held_to_the_accounts_of_the_rule_and_of_the_queue",
            "test_whether_the_key_of_a_queue_is_asked_in_the_name_of_a_rule_is_not_clear",
        ),
    ),
    documented(
        "KEY5",
        "A role that delivers uses the key of the target: the key has to let it, or leave it to the account, and then "
        "the role's own policy has to.",
        f"{_KMS}key-policy-default.html",
        tests=("test_a_role_uses_the_key_of_a_stream_where_the_key_and_its_own_policy_let_it",),
    ),
    documented(
        "KEY6",
        "What AWS's own key encrypts takes nothing from a role of another account: it lets in its own, and its policy "
        "can't be changed.",
        f"{_KMS}concepts.html",
        tests=("test_across_accounts_what_awss_own_key_encrypts_takes_nothing",),
    ),
)

REPLAY = (
    documented(
        "REP1",
        "An archive keeps the events of one bus that its pattern matches; without one, all.",
        _ARCHIVES,
        tests=(
            "test_an_archive_keeps_what_its_pattern_matches_or_everything",
            "test_an_archive_is_of_one_bus",
        ),
    ),
    documented(
        "REP2",
        "A replay brings events back to the bus they were on, for all of its rules or for those it names.",
        _REPLAYS,
        f"{_API}API_ReplayDestination.html",
        tests=(
            "test_a_replay_comes_to_all_rules_of_the_bus_as_if_it_were_published",
            "test_a_replay_may_be_for_some_rules_only",
            "test_the_rules_that_a_replay_names_are_those_on_its_bus",
            "test_a_replay_asks_nobody_for_leave_to_publish",
        ),
    ),
    documented(
        "REP3",
        "A replayed event has a `replay-name`, by which a rule may leave it out, and is not archived again.",
        _REPLAYS,
        f"{_API}API_CreateArchive.html",
        tests=(
            "test_a_replayed_event_says_so_and_is_not_archived_again",
            "test_a_rule_may_refuse_what_is_replayed",
        ),
    ),
    undocumented(
        "REP4",
        "Has a replayed event its `replay-name` still on a bus it is moved to? Undecided.",
        _REPLAYS,
        tests=("test_whether_a_replayed_event_still_says_so_on_another_bus_is_undecided",),
    ),
)

RULES = (
    documented(
        "RUL1",
        "A rule that is disabled matches nothing.",
        f"{_API}API_DisableRule.html",
        tests=("test_a_disabled_rule_sends_nothing", "test_a_rule_whose_state_is_a_parameter_is_undecided"),
    ),
    documented(
        "RUL2",
        "A rule that runs on a schedule and has no event pattern takes no events.",
        _PUT_RULE,
        tests=("test_a_rule_on_a_schedule_takes_no_events",),
    ),
    documented(
        "RUL3",
        "Each rule that matches sends the event to each of its targets, whatever becomes of the others.",
        f"{_GUIDE}eb-rules.html",
        tests=("test_each_rule_and_each_target_is_for_itself", "test_a_rule_takes_what_its_pattern_matches"),
    ),
    documented(
        "RUL4",
        "What CloudFormation resolves at deployment is unknown; what is known may be enough to decide.",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
        tests=(
            "test_a_pattern_that_depends_on_what_nobody_knows_is_undecided",
            "test_what_is_known_of_a_pattern_may_be_enough_to_refuse",
            "test_what_is_known_of_a_pattern_may_be_enough_to_match",
            "test_a_rule_that_may_not_be_made_is_undecided",
            "test_a_rule_on_a_bus_that_a_parameter_names_may_be_on_this_one",
            "test_the_rules_of_each_bus_that_a_parameter_may_mean_are_followed",
        ),
    ),
)

NEWER_BUS = (
    documented(
        "NEW1",
        "A subscriber is a rule with one target. It delivers by its role only, and takes everything if it has no "
        "filter.",
        _SUBSCRIBERS,
        tests=(
            "test_a_subscriber_without_a_filter_takes_everything",
            "test_a_subscriber_takes_what_its_filter_matches",
            "test_a_subscriber_delivers_by_its_role_only",
        ),
    ),
    documented(
        "NEW2",
        "Its role sends to its on-failure queue, too.",
        _SUBSCRIBERS,
        tests=("test_its_role_sends_to_the_on_failure_queue_too",),
    ),
    documented(
        "NEW3",
        "The owner of the bus shares it with other accounts. A trace does not follow how, and says so.",
        _SHARING,
        tests=("test_what_a_shared_bus_allows_another_account_is_not_followed",),
    ),
    documented(
        "NEW4",
        "An event that is moved to such a bus takes PutRawEvents or PutEvents. A trace does not follow which, and says "
        "so.",
        f"{_GUIDE}eb-custom-bus-target-bus.html",
        tests=("test_what_it_takes_to_move_an_event_to_a_newer_bus_is_undecided",),
    ),
    undocumented(
        "NEW5",
        "Does a move from such a bus count as the one that an event has? Undecided.",
        tests=("test_whether_a_move_from_a_newer_bus_counts_is_undecided",),
    ),
)

FACTS: Mapping[str, tuple[Fact, ...]] = {
    "Publishing": PUBLISHING,
    "Rules on a bus of another account": SUBSCRIPTIONS,
    "Routes to a bus of another account": ROUTES,
    "Moves from bus to bus": HOPS,
    "Roles": ROLES,
    "Targets that are no bus": DIRECT_TARGETS,
    "Regions": REGIONS,
    "Dead-letter queues": DEAD_LETTER_QUEUES,
    "Encryption": ENCRYPTION,
    "Archives and replays": REPLAY,
    "Rules": RULES,
    "What targets receive": PAYLOADS,
    "The newer bus": NEWER_BUS,
}
