"""Where a rule puts what it could not deliver: our queue, a team's own, or nowhere for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from aws_cdk import Token
from constructs import Construct

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.routing.access import check_queue_key, open_queue
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import aws_sqs as sqs

    from cdk_eventbridge_patterns.plan.way_back import WayBack

    DeadLetters: TypeAlias = DeadLetterQueue | sqs.IQueue | Disabled


def check_dead_letters(chosen: DeadLetters | None, place: Place) -> None:
    """Refuse a queue that a rule at *place* can't write to.

    Raises:
        DeclarationError: If it is no queue, a FIFO queue, elsewhere, or its key can't be used.
    """
    if chosen is None or isinstance(chosen, Disabled):
        return
    if isinstance(chosen, DeadLetterQueue):
        account, region = chosen.address.account, chosen.address.region
    elif hasattr(chosen, "queue_arn"):
        account, region = chosen.env.account, chosen.env.region
        if chosen.fifo:
            msg = f"dead_letter_queue must be a standard queue, EventBridge refuses FIFO, got '{chosen.node.path}'"
            raise DeclarationError(msg)
        check_queue_key(chosen, "dead_letter_queue")
    else:
        msg = f"dead_letter_queue must be a DeadLetterQueue, a queue or Disabled(reason), got {described(chosen)}"
        raise DeclarationError(msg)
    for what, given, own in (("account", account, place.account), ("Region", region, place.region)):
        if not Token.is_unresolved(given) and given != own:
            msg = f"dead_letter_queue must be in the {what} of the stack, {own}, got {given}"
            raise DeclarationError(msg)


def dead_letter_arn(chosen: DeadLetters | None, default_arn: str) -> str | None:
    """Return the ARN of the queue a rule is to use, or nothing where it is switched off."""
    if isinstance(chosen, Disabled):
        return None
    return default_arn if chosen is None else chosen.queue_arn


def off_reason(chosen: DeadLetters | None) -> str | None:
    """Return why there is no dead-letter queue, where there is none."""
    return chosen.reason if isinstance(chosen, Disabled) else None


def open_dead_letters(
    chosen: DeadLetterQueue | sqs.IQueue, rules: Construct, ways: Sequence[WayBack], rule_id: str
) -> None:
    """Let the rules, which stand below *rules*, write to the queue that was chosen; ours is made before they are.

    Each is the origin of one of *ways*.
    """
    rule_arns = [way.origin for way in ways]
    if isinstance(chosen, DeadLetterQueue):
        chosen.allow_rules(*rule_arns)
        chosen.know(*ways)
        rules.node.add_dependency(chosen.cfn_queue_policy)
        return
    for number, rule_arn in enumerate(sorted(rule_arns)):
        open_queue(chosen, rule_arn, f"{rule_id}{number or ''}DeadLetters")
