"""All kinds of faults: to import a module is to declare its kinds."""

from tests.mutation.kind import KINDS
from tests.mutation.kinds import (  # noqa: F401 - for what they declare
    buckets,
    bus_access,
    dead_letters,
    endpoints,
    event_patterns,
    flows,
    keys,
    moves,
    newer,
    observability,
    quotas,
    receivers,
    roles,
    rules,
    targets,
)

__all__ = ["KINDS"]
