"""What differs between two states of an estate, and whom it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Answer


class Kind(str, Enum):
    """What sort of difference, in words."""

    EVENT_ADDED = "event added"
    EVENT_REMOVED = "event removed"
    EVENT_CHANGED = "event changed"
    BUS_ADDED = "bus added"
    BUS_REMOVED = "bus removed"
    BUS_RENAMED = "bus renamed"
    RULE_ADDED = "rule added"
    RULE_REMOVED = "rule removed"
    RULE_CHANGED = "rule changed"
    CONSUMER_ADDED = "consumer added"
    CONSUMER_REMOVED = "consumer removed"
    ACCESS_GRANTED = "access granted"
    ACCESS_WITHDRAWN = "access withdrawn"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One who has to do with what differs.

    Args:
        account: Whose account it is; in words where it may be any.

        reason: How it has to do with it: "target … gets the whole event".

        breaking: Whether the difference breaks it.

        service: The service that owns the rule. Default: its template does not say.

        rule: The name of the rule. Default: it is no rule.

        rule_arn: Its ARN. Default: likewise.

        target: The ARN of the target that is meant. Default: the rule as a whole.

        location: Where the rule is written. Default: it is no rule.
    """

    account: str
    reason: str
    breaking: Answer
    service: str | None = None
    rule: str | None = None
    rule_arn: str | None = None
    target: str | None = None
    location: Location | None = None

    @property
    def who(self) -> str:
        """Who it is, in words: `rule 'ship' of billing in account 222222222222`."""
        account = self.account
        if not is_literal(account):
            account = "an account that is not known"
        elif account.isdecimal():
            account = f"account {account}"
        if self.rule is None:
            return account
        owner = "" if self.service is None else f" of {self.service}"
        return f"rule {self.rule!r}{owner} in {account}"

    @classmethod
    def of_rule(cls, rule: Rule, reason: str, breaking: Answer, *, target: str | None = None) -> Use:
        """Return what *rule* has to do with it."""
        return cls(
            account=rule.account,
            reason=reason,
            breaking=breaking,
            service=None if rule.stamp is None else rule.stamp.service,
            rule=rule.name,
            rule_arn=rule.arn,
            target=target,
            location=rule.location,
        )


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One difference.

    Args:
        kind: What sort.

        name: What differs: `orders/OrderPlaced.v1`, or the name of a rule or bus.

        breaking: Whether it breaks somebody, as far as is known of who uses it.

        told: What about it is different, in one line. Default: that it was added or removed says it all.

        by_contract: Whether it breaks what the contract promised, whoever relies on it. Default: it is of no contract.

        path: The field, as an event pattern spells it; empty for the event as a whole. Default: it is of no field.

        where: The accounts and Regions it is in. Default: it is of contract files, which are in none.

        uses: Who has to do with it. Default: nobody that was read.

        location: Where it is written. Default: in no template.
    """

    kind: Kind
    name: str
    breaking: Answer
    told: str | None = None
    by_contract: Answer | None = None
    path: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    uses: tuple[Use, ...] = ()
    location: Location | None = None
