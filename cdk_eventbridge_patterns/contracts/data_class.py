"""How carefully an event's data must be handled."""

from enum import Enum


class DataClass(str, Enum):
    """The classes of data, from harmless to strictly guarded."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"
