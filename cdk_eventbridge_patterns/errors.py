"""Every error this library raises on purpose.

    EventBridgePatternsError
    ├── NamingError       a name, ARN, account or Region is not of the right form
    ├── ContractError     an event contract is not complete or not valid
    ├── EventPatternError an event pattern is not one that EventBridge accepts
    ├── AccessError       an access statement can't be granted as asked
    ├── DeclarationError  a bus, subscription or delivery can't be built as declared
    ├── PlacementError    it can't stand where it was put in the construct tree
    ├── TopologyError     the services of a topology don't fit together
    ├── AssemblyError     a synthesized template can't be read
    ├── TraceError        an event can't be traced as given
    ├── QuestionError     what is asked about a topology is not in it, or is several things
    ├── CatalogError      a catalogue can't be written as asked
    ├── EmulatorError     the local emulator can't be started, or does not take what is deployed
    ├── PublishError      events were not sent
    └── EventError        an event does not fit its contract, or can't be read
        ├── SensitiveFieldError   a sensitive field can't be decrypted, or is not what was encrypted
        └── ClaimCheckError       data that are kept apart from their event can't be had, or are not those

All are also `ValueError`: each says what was given and what to change.
"""


class EventBridgePatternsError(Exception):
    """The root of all errors of this library."""


class NamingError(EventBridgePatternsError, ValueError):
    """A name, ARN, account or Region is not of the right form."""


class ContractError(EventBridgePatternsError, ValueError):
    """An event contract is not complete or not valid."""


class EventPatternError(EventBridgePatternsError, ValueError):
    """An event pattern is not one that EventBridge accepts."""


class AccessError(EventBridgePatternsError, ValueError):
    """An access statement can't be granted as asked."""


class DeclarationError(EventBridgePatternsError, ValueError):
    """A bus, subscription or delivery can't be built as declared."""


class PlacementError(EventBridgePatternsError, ValueError):
    """A construct can't stand where it was put in the tree."""


class TopologyError(EventBridgePatternsError, ValueError):
    """The services of a topology don't fit together."""


class AssemblyError(EventBridgePatternsError, ValueError):
    """A synthesized template can't be read."""


class TraceError(EventBridgePatternsError, ValueError):
    """An event can't be traced as given."""


class QuestionError(EventBridgePatternsError, ValueError):
    """What is asked about a topology is not in it, or is several things."""


class DiagramError(EventBridgePatternsError, ValueError):
    """A picture can't be drawn."""


class CatalogError(EventBridgePatternsError, ValueError):
    """A catalogue can't be written as asked."""


class EmulatorError(EventBridgePatternsError, ValueError):
    """The local emulator can't be started, or does not take what is deployed."""


class PublishError(EventBridgePatternsError, ValueError):
    """Events were not sent."""


class EventError(EventBridgePatternsError, ValueError):
    """An event does not fit its contract, or can't be read."""


class SensitiveFieldError(EventError):
    """A sensitive field of an event can't be decrypted, or is not what was encrypted for its place."""


class ClaimCheckError(EventError):
    """Data that are kept apart from their event can't be had, or are not those that were sent."""
