"""What we correct of the emulator, one thing a file. Each is our reading of AWS, and says where AWS says it.

docs/local.md lists them; a test through one of them proves less than a test through the emulator's own code.
"""

from cdk_eventbridge_patterns.local.inside.corrections import (
    archives,
    bus_policies,
    buses,
    failed_deliveries,
    foreign_rules,
    moves,
    replays,
    rules,
    state_machines,
)

ALL = (buses, bus_policies, rules, archives, foreign_rules, moves, failed_deliveries, replays, state_machines)


def correct() -> None:
    """Apply all of them, before the emulator is started."""
    for correction in ALL:
        correction.apply()
