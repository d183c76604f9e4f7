"""ENC012."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import reader_key_decision
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class BusKeyRefusesConsumer(TopologyCheck):
    """A bus with a key of its own that does not let an account decrypt which puts rules on the bus.

    ## Why this matters
    Event patterns and targets on such a bus are encrypted, and whoever puts them there must be allowed `kms:Decrypt`
    on its key. What could not be delivered waits in the consumer's queue encrypted by the same key.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq-decrypt.html

    ## Avoid
        a bus policy that lets account 222222222222 put rules, and a key policy that does not know it

    ## Prefer
        ProducerBus(self, "Bus", …, consumers=[Consumer("billing", "222222222222")], encryption=key)

    ## What it misses
    Whether whoever deploys in that account has the permission too. AWS's page does not speak of other accounts; that
    such a key must let them in is so of every key.
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC012"
    severity = Severity.ERROR
    fix = "let the account do kms:Decrypt by the key policy, with the encryption context of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the keys of buses that keep out an account with rules there."""
        for bus in topology.buses:
            key = None
            if bus.key_arn is not None and bus.kind is BusKind.CLASSIC:
                key = topology.key(bus.key_arn, account=bus.account, region=bus.region)
            if key is None:
                continue
            for account, rule in _consumers(topology, bus).items():
                decision = reader_key_decision(topology, bus, key, account)
                if decision.refuses:
                    message = (
                        f"key {key.arn} of bus {bus.name!r} does not let account {account} decrypt, which puts rule "
                        f"{rule!r} on it: {decision.reason}"
                    )
                    yield self.finding(key.location.at("KeyPolicy"), message)
                elif decision.undecided is not None:
                    question = f"whether key {key.arn} of bus {bus.name!r} lets account {account} decrypt"
                    yield self.undecided(key.location.at("KeyPolicy"), question, decision.undecided)


def _consumers(topology: Topology, bus: Bus) -> dict[str, str]:
    """Return the other accounts with rules on *bus*, each with the name of its first."""
    rules = sorted(topology.rules_on(bus.arn), key=lambda each: each.name, reverse=True)
    return {rule.account: rule.name for rule in rules if rule.on_foreign_bus is True}
