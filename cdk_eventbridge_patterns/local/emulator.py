"""The emulator as a process: started on a free port of the loopback interface, and gone with whoever started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, final
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local.installation import install
from cdk_eventbridge_patterns.local.session import AccountSession, session_environment

HOST = "127.0.0.1"
LAUNCHER = Path(__file__).parent / "inside" / "launch.py"

_SECONDS_TO_START = 120
_SECONDS_TO_STOP = 5
_LAST_LINES = 15

# Types that no event depends on: the emulator knows them not, and takes them for made. Any other it does not know
# fails the stack.
_TAKEN_FOR_MADE = (
    "AWS::CloudWatch::Dashboard",
    "AWS::EventSchemas::Discoverer",
    "AWS::EventSchemas::Registry",
    "AWS::EventSchemas::RegistryPolicy",
    "AWS::EventSchemas::Schema",
    "AWS::Kinesis::ResourcePolicy",
    "AWS::Logs::Delivery",
    "AWS::Logs::DeliveryDestination",
    "AWS::Logs::DeliverySource",
    "AWS::Logs::ResourcePolicy",
)

# CloudFormation asks for a provider of these before it asks for ours.
_PROVIDED_BY_US = ("AWS::Events::Archive",)


@final
class Emulator:
    """AWS on this machine, with as many accounts as are asked for.

        with Emulator() as emulator:
            emulator.session("111111111111").client("events").list_event_buses()

    What is in it is gone when it stops. It has two ends besides: that of the process which started it, and Ctrl-C.

    Args:
        python: The Python that it is installed in. Default: that of `.emulator` in the current folder, where it is
            installed if it is not yet.

        region: The Region of sessions that name none.
    """

    def __init__(self, python: Path | None = None, *, region: str = "eu-west-1") -> None:
        self._python = python
        self._region = region
        self._cleanup = ExitStack()
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The endpoint of every service."""
        return f"http://{HOST}:{self._port}"

    @property
    def pid(self) -> int | None:
        """The process; nothing while it does not run."""
        return None if self._process is None else self._process.pid

    def session(self, account: str, region: str | None = None) -> AccountSession:
        """Return a boto3 session of an account, which can do whatever it likes there.

        Args:
            account: The account.

            region: The Region. Default: that of the emulator.
        """
        return AccountSession(self.url, account, region or self._region)

    def environment(self, account: str, region: str | None = None) -> dict[str, str]:
        """Return the environment in which `cdk` and other tools speak to the emulator as *account*.

        Args:
            account: The account.

            region: The Region. Default: that of the emulator.
        """
        return session_environment(self.url, account, region or self._region)

    def __enter__(self) -> Emulator:
        try:
            self._start(self._python or install())
        except BaseException:
            self._cleanup.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._cleanup.close()

    def _start(self, python: Path) -> None:
        folder = Path(
            self._cleanup.enter_context(tempfile.TemporaryDirectory(prefix="emulator-", ignore_cleanup_errors=True))
        )
        log = self._cleanup.enter_context((folder / "log").open("w+b"))
        self._port = _free_port()
        process = subprocess.Popen(  # noqa: S603 - our own words
            [str(python), "-I", str(LAUNCHER)],
            env=_settings(self._port, folder),
            stdin=subprocess.PIPE,  # held open: its end is the emulator's
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._process = process
        self._cleanup.callback(self._stop, process)
        self._wait_until_ready(process, log)

    def _wait_until_ready(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        end = time.monotonic() + _SECONDS_TO_START
        while not _answers(self.url):
            if process.poll() is not None or time.monotonic() > end:
                log.seek(0)
                said = b"\n".join(log.read().splitlines()[-_LAST_LINES:]).decode(errors="replace")
                raise EmulatorError(f"the emulator did not start:\n{said}")
            time.sleep(0.1)

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_STOP)
        if process.stdin:
            process.stdin.close()
        self._process = None


def _settings(port: int, folder: Path) -> dict[str, str]:
    """Return the whole environment of the emulator: of the machine's it sees where programs are."""
    address = f"{HOST}:{port}"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "FILESYSTEM_ROOT": str(folder),
        "GATEWAY_LISTEN": address,
        "GATEWAY_SERVER": "hypercorn",  # the other one listens on all interfaces
        "LOCALEMU_HOST": address,
        "LOCALSTACK_HOST": address,
        "SQS_ENDPOINT_STRATEGY": "path",  # else a queue's URL has a host name that nobody resolves
        "DISABLE_EVENTS": "1",  # no reports of usage
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "0",
        "CFN_IGNORE_UNSUPPORTED_TYPE_CREATE": ",".join((*_PROVIDED_BY_US, *_TAKEN_FOR_MADE)),
        "CFN_IGNORE_UNSUPPORTED_TYPE_UPDATE": ",".join((*_PROVIDED_BY_US, *_TAKEN_FOR_MADE)),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with build_opener(ProxyHandler({})).open(f"{url}/_localemu/health", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except (URLError, OSError):
        return False
