"""Keys of one's own: for what is kept of events, and for sensitive fields inside them."""

from cdk_eventbridge_patterns.encryption.bus_key_reference import BusKeyReference
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey
from cdk_eventbridge_patterns.encryption.field_encryption_key import FieldEncryptionKey
from cdk_eventbridge_patterns.encryption.field_key_reference import FieldKeyReference

__all__ = ["BusKeyReference", "EncryptionKey", "FieldEncryptionKey", "FieldKeyReference"]
