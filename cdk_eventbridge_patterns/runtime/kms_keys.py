"""Which KMS keys a function uses, and the Encryption SDK held to those.

To decrypt, the AWS Encryption SDK can ask KMS for whichever key a message names. A function with wide permissions would
then decrypt what somebody else encrypted under a key of theirs, so here a key or an account is always named.
https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/best-practices.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cdk_eventbridge_patterns.errors import EventError, NamingError
from cdk_eventbridge_patterns.naming.arn import Arn, check_account
from cdk_eventbridge_patterns.runtime.clients import Session, error_code

_EXAMPLE = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_PROVIDER = "aws-kms"

# A message has the keys it was encrypted under: one, as this library writes it and EventBridge does.
_MOST_KEYS = 1
_MOST_CACHED = 100
_MOST_MESSAGES = 10_000


@dataclass(frozen=True, kw_only=True)
class TrustedKeys:
    """The KMS keys whose messages are decrypted: given keys, and all keys of given accounts.

    Raises:
        NamingError: If neither is given, or one is not of the right form.
    """

    keys: Sequence[str] = ()
    accounts: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what would trust nobody, or anybody."""
        for key in self.keys:
            check_key(key, "keys", kinds=("key",))
        for account in self.accounts:
            check_account(account, "accounts")
        if not self.keys and not self.accounts:
            msg = f"keys or accounts must say whose keys are trusted, such as keys=[{_EXAMPLE!r}], got neither"
            raise NamingError(msg)

    def allow(self, key: str) -> bool:
        """Return whether messages under *key*, an ARN, are decrypted."""
        return key in self.keys or (is_key(key) and Arn.parse(key).account in self.accounts)


class NotDecryptedError(Exception):
    """Why a message was not decrypted; who asked says of which event it is."""


class EnvelopeEncryption:
    """The AWS Encryption SDK with KMS: each message under a data key, which KMS is asked for once in a while.

    Args:
        session: The session of boto3 that makes a client of KMS in the Region of a key. Default: a new one.

        cache_seconds: How long a data key is used again. Zero asks KMS for each message.

        encrypts_under: The key to encrypt under. Default: none, it only decrypts.

        trusts: The keys to decrypt with. Default: none, it only encrypts.
    """

    def __init__(
        self,
        *,
        session: Session | None,
        cache_seconds: float,
        encrypts_under: str | None = None,
        trusts: TrustedKeys | None = None,
    ) -> None:
        import aws_encryption_sdk as sdk  # noqa: PLC0415 - an extra, for functions that encrypt or decrypt

        # Only suites that commit to their key: a message then has one plaintext, whoever holds whichever key.
        # https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/concepts.html#key-commitment
        self._client = sdk.EncryptionSDKClient(
            commitment_policy=sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT, max_encrypted_data_keys=_MOST_KEYS
        )
        self._provider = _provider_class()(encrypts_under=encrypts_under, trusts=trusts, clients=_Clients(session))
        self._materials = sdk.DefaultCryptoMaterialsManager(self._provider)
        if cache_seconds:
            self._materials = sdk.CachingCryptoMaterialsManager(
                backing_materials_manager=self._materials,
                cache=sdk.LocalCryptoMaterialsCache(_MOST_CACHED),
                max_age=float(cache_seconds),
                max_messages_encrypted=_MOST_MESSAGES,
            )

    def encrypted(self, plaintext: bytes, context: Mapping[str, str]) -> bytes:
        """Return a message.

        Raises:
            EventError: If KMS gives no data key.
        """
        import aws_encryption_sdk as sdk  # noqa: PLC0415 - as above

        try:
            message, _ = self._client.encrypt(
                source=plaintext,
                materials_manager=self._materials,
                encryption_context=dict(context),
                # Without a signature, whose public key would be one more pair in the context, another in each event.
                algorithm=sdk.Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
            )
        except sdk.AWSEncryptionSDKClientError as error:
            msg = f"{error}: {error_code(error.__cause__) if isinstance(error.__cause__, Exception) else 'no reason'}"
            raise EventError(msg) from error
        return bytes(message)

    def decrypted(self, message: bytes) -> tuple[bytes, dict[str, str]]:
        """Return the plaintext of a message and its encryption context.

        Raises:
            NotDecryptedError: If it is none, is changed, or is under a key that is not trusted or may not be used.
        """
        import aws_encryption_sdk as sdk  # noqa: PLC0415 - as above
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        try:
            plaintext, header = self._client.decrypt(source=message, materials_manager=self._materials)
        except InvalidTag:
            msg = "it was changed"
            raise NotDecryptedError(msg) from None
        except (sdk.AWSEncryptionSDKClientError, ValueError, TypeError, KeyError) as error:
            raise NotDecryptedError(str(error) or type(error).__name__) from error
        return bytes(plaintext), dict(header.encryption_context)


class _Clients:
    """The clients of KMS, one a Region."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._known: dict[str, Any] = {}

    def of(self, key: str) -> Any:  # noqa: ANN401 - boto3 has no types
        region = Arn.parse(key).region
        if region not in self._known:
            if self._session is None:
                import boto3  # noqa: PLC0415 - as above

                self._session = boto3.Session()
            self._known[region] = self._session.client("kms", region_name=region)
        return self._known[region]


@lru_cache(maxsize=1)
def _provider_class() -> Any:  # noqa: ANN401 - the SDK has no types
    """Return the class of what hands KMS keys to the SDK, made when the SDK is asked for first."""
    from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError, DecryptKeyError  # noqa: PLC0415 - an extra
    from aws_encryption_sdk.key_providers.base import MasterKeyProvider, MasterKeyProviderConfig  # noqa: PLC0415
    from aws_encryption_sdk.key_providers.kms import KMSMasterKey  # noqa: PLC0415

    class Config(MasterKeyProviderConfig):  # type: ignore[misc]  # the SDK has no types
        def __init__(self, *, encrypts_under: str | None, trusts: TrustedKeys | None, clients: _Clients) -> None:
            self.encrypts_under = encrypts_under
            self.trusts = trusts
            self.clients = clients

    class KmsKeys(MasterKeyProvider):  # type: ignore[misc]  # as above
        provider_id = _PROVIDER
        _config_class = Config

        def __init__(self, **_: Any) -> None:  # noqa: ANN401 - what the configuration is made of
            if self.config.encrypts_under is not None:
                self.add_master_key(self.config.encrypts_under)

        def _new_master_key(self, key_id: bytes) -> Any:  # noqa: ANN401 - as above
            key = key_id.decode()
            return KMSMasterKey(key_id=key, client=self.config.clients.of(key))

        def decrypt_data_key_from_list(self, encrypted_data_keys: Any, algorithm: Any, encryption_context: Any) -> Any:  # noqa: ANN401
            refused = []
            for data_key in encrypted_data_keys:
                key = data_key.key_provider.key_info.decode(errors="replace")
                if data_key.key_provider.provider_id != _PROVIDER or not is_trusted(self.config.trusts, key):
                    refused.append(f"key {key} is not trusted here")
                    continue
                try:
                    master_key = self.master_key_for_decrypt(key)
                    return master_key.decrypt_data_key(data_key, algorithm, encryption_context)
                except AWSEncryptionSDKClientError as error:
                    cause = error.__cause__
                    refused.append(f"key {key}: {error_code(cause) if isinstance(cause, Exception) else error}")
            raise DecryptKeyError("; ".join(refused))

    return KmsKeys


def is_trusted(trusts: TrustedKeys | None, key: str) -> bool:
    """Return whether *key* is one of the trusted ones."""
    return trusts is not None and trusts.allow(key)


def is_key(text: str) -> bool:
    """Return whether *text* is the ARN of a key."""
    try:
        check_key(text, "key", kinds=("key",))
    except NamingError:
        return False
    return True


def check_key(value: str, argument: str, *, kinds: tuple[str, ...]) -> str:
    """Return *value* if it is the ARN of a key in KMS, or of an alias where *kinds* say so.

    Raises:
        NamingError: If it is another text.
    """
    arn = Arn.parse(value, argument)
    kind, _, name = arn.resource.partition("/")
    if arn.service != "kms" or kind not in kinds or not name:
        msg = f"{argument} must be the ARN of a KMS {' or '.join(kinds)}, such as {_EXAMPLE!r}, got {value!r}"
        raise NamingError(msg)
    return value
