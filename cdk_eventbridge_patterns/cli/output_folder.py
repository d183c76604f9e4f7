"""A folder that a command writes to again and again, in which people may have files of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cdk_eventbridge_patterns.errors import CatalogError

_LIST = ".cdk-eventbridge.json"


class OutputFolder:
    """The folder.

    What was written is listed in it with a digest of each file, so that the next run knows what it may replace and
    remove: nothing that anybody else wrote or changed.

    Args:
        path: Where it is, or is to be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, files: Mapping[str, str], *, form: str, begun: Mapping[str, str]) -> None:
        """Write *files*, and remove those of an earlier run that are no longer among them.

        Args:
            files: The text of each, by its path in the folder.

            form: What they are together.

            begun: Files that are written where they are missing, and belong to people from then on.

        Raises:
            CatalogError: If the folder has files of others and no list of ours, or if a file would be lost that
                somebody wrote or changed.
        """
        try:
            self._write(files, form, begun)
        except OSError as error:
            raise CatalogError(f"'{error.filename or self._path}' can't be written: {error.strerror}") from None

    def _write(self, files: Mapping[str, str], form: str, begun: Mapping[str, str]) -> None:
        earlier = self._earlier(form)
        self._check(files, earlier)
        for name in sorted(earlier.keys() - files.keys()):
            self._remove(name)
        for name, text in files.items():
            self._put(name, text)
        for name, text in begun.items():
            if not (self._path / name).exists():
                self._put(name, text)
        digests = {name: _digest(text.encode()) for name, text in sorted(files.items())}
        self._put(_LIST, json.dumps({"version": 1, "format": form, "files": digests}, indent=1) + "\n")

    def _earlier(self, form: str) -> Mapping[str, str]:
        """Return the digests of what an earlier run wrote."""
        if not self._path.exists() or (self._path.is_dir() and not any(self._path.iterdir())):
            return {}
        written = self._listed()
        if written is None:
            raise CatalogError(
                f"--output must be a new or an empty folder, or one that this command wrote, such as 'catalog', "
                f"got '{self._path}', which has files of others; name another"
            )
        if written[0] != form:
            raise CatalogError(
                f"--output must be of one format, such as 'catalog/{form}', got '{self._path}', which is "
                f"{written[0]}; name another"
            )
        return written[1]

    def _listed(self) -> tuple[str, Mapping[str, str]] | None:
        try:
            document = json.loads((self._path / _LIST).read_text(encoding="utf-8"))
            return str(document["format"]), {str(name): str(digest) for name, digest in document["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _check(self, files: Mapping[str, str], earlier: Mapping[str, str]) -> None:
        for name in self._present({**earlier, **files}):
            found = _digest((self._path / name).read_bytes())
            if name not in earlier and found != _digest(files[name].encode()):
                raise CatalogError(f"'{self._path / name}' is not of this command; move it, and write again")
            if name in earlier and found != earlier[name] and found != _digest(files.get(name, "").encode()):
                raise CatalogError(
                    f"'{self._path / name}' was changed since it was written; move what is yours to a file of its "
                    "own, remove this one, and write again"
                )

    def _present(self, names: Mapping[str, str]) -> Iterator[str]:
        """Return which of *names* are files; a list that leads out of the folder is none of ours."""
        folder = self._path.resolve()
        for name in sorted(names):
            if not (folder / name).resolve().is_relative_to(folder):
                raise CatalogError(f"'{self._path / _LIST}' must list files of its folder, got {name!r}; remove it")
            if (folder / name).exists():
                yield name

    def _remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)
        with suppress(OSError):  # what is left in it is another's
            for folder in (self._path / name).relative_to(self._path).parents:
                (self._path / folder).rmdir()

    def _put(self, name: str, text: str) -> None:
        file = self._path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
