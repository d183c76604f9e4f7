"""The CDK's own command line, speaking to the emulator."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import Emulator

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
LAST_LINES = 30


@dataclass(frozen=True)
class CdkCli:
    """Commands of `cdk`, run from one account, which the others trust once they are bootstrapped."""

    emulator: Emulator
    assembly: Path
    region: str
    account: str

    def bootstrap(self, accounts: list[str]) -> None:
        """Bootstrap all accounts at once."""
        trust = ["--trust", self.account, "--cloudformation-execution-policies", ADMINISTRATOR]
        with ExitStack() as running:
            started = [
                running.enter_context(self._started("bootstrap", f"aws://{account}/{self.region}", *trust, of=account))
                for account in accounts
            ]
            for process in started:
                _finish(process)

    def deploy(self, said: Callable[[str], None]) -> None:
        """Deploy all stacks, each after those it depends on, and hand on each line that the CLI says."""
        with self._started("deploy", "--all", "--require-approval", "never", "--concurrency", "2") as process:
            _finish(process, said)

    def destroy(self, said: Callable[[str], None]) -> None:
        """Delete all stacks, and hand on each line that the CLI says."""
        with self._started("destroy", "--all", "--force") as process:
            _finish(process, said)

    @contextmanager
    def _started(self, *arguments: str, of: str | None = None) -> Iterator[subprocess.Popen[str]]:
        """Start a command, which is ended with what is done meanwhile, by Ctrl-C too."""
        environment = {
            **self.emulator.environment(of or self.account, self.region),
            "CI": "true",  # all that it says goes to the standard output
            "NO_COLOR": "1",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_DISABLE_VERSION_CHECK": "1",
        }
        process = subprocess.Popen(  # noqa: S603 - our own words
            [_cdk(), "--app", str(self.assembly), *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _finish(process: subprocess.Popen[str], said: Callable[[str], None] | None = None) -> None:
    """Wait for the end of a command, which must be a good one."""
    lines = []
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if said:
            said(lines[-1])
    if process.wait():
        raise EmulatorError("\n".join(["the CDK's CLI failed:", *lines[-LAST_LINES:]]))


def _cdk() -> str:
    """Return the CLI that `make` installs, else that of the machine."""
    path = os.pathsep.join(["node_modules/.bin", os.environ.get("PATH", os.defpath)])
    found = shutil.which("cdk", path=path)
    if found is None:
        raise EmulatorError("the CDK's CLI is missing: `make demo` installs it")
    return found
