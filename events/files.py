"""Files that are written whole or not at all: a failure leaves what was there before."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self


class Batch:
    """Several files of one folder that are put in place together.

    Write each one under the name that `path` gives. At the end of the ``with`` all of them move
    into place; when anything fails, before or while they move, the old files stay as they were.

    Examples
    --------
    >>> with Batch(Path("out")) as batch:  # doctest: +SKIP
    ...     batch.path("plan.json").write_text("{}")
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._new: dict[Path, Path] = {}

    def path(self, name: str) -> Path:
        """A temporary path beside ``folder / name``, with the same suffix; an empty file as yet."""
        target = _followed(self.folder / name)
        if target not in self._new:
            if target.is_dir():
                raise IsADirectoryError(f"{target} is a folder; name a file")
            temporary = _beside(target)
            with _explained(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.touch(exist_ok=False)
            self._new[target] = temporary
        return self._new[target]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._move()
            elif isinstance(error, OSError) and error.filename is not None:
                targets = {str(new): target for target, new in self._new.items()}
                error.filename = str(targets.get(str(error.filename), error.filename))
        finally:
            for temporary in self._new.values():
                _remove(temporary)

    def _move(self) -> None:
        for target, temporary in self._new.items():
            if target.exists():
                shutil.copymode(target, temporary)
            _flush(temporary)
        old: dict[Path, Path | None] = {}
        try:
            for target, temporary in self._new.items():
                with _explained(target):
                    old[target] = _copied(target)
                    os.replace(temporary, target)
        except BaseException:
            for target, copy in reversed(old.items()):
                _restore(target, copy, moved=not self._new[target].exists())
            raise
        finally:
            for copy in old.values():
                if copy is not None:
                    _remove(copy)
        for folder in {target.parent for target in self._new}:
            _flush_folder(folder)


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a temporary path in the folder of ``path``; move it into place when all went well.

    Raises
    ------
    PermissionError
        When ``path`` is open in another program (Excel locks what it shows) or write-protected.
    """
    with Batch(path.parent) as batch:
        yield batch.path(path.name)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with its newlines as they are, whole or not at all."""
    with written(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise PermissionError(
            f"{target} cannot be written: it is open in another program, Excel perhaps, or it is "
            "write-protected; close it there, or name another file"
        ) from error
    except OSError as error:
        if error.filename is not None:
            error.filename = str(target)  # people know nothing of the temporary one
        raise


def _followed(path: Path) -> Path:
    """Where a link leads: the file behind it is replaced, not the link."""
    return path.resolve() if path.is_symlink() else path


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.stem}.{secrets.token_hex(4)}{target.suffix}")


def _flush(path: Path) -> None:
    """Have the disk hold the content before the name points to it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copied(target: Path) -> Path | None:
    """Keep the old file under another name until every new one stands; None when there is none."""
    if not target.exists():
        return None
    copy = _beside(target)
    shutil.copy2(target, copy)
    return copy


def _restore(target: Path, copy: Path | None, *, moved: bool) -> None:
    if not moved:
        return
    if copy is None:
        _remove(target)
    else:
        os.replace(copy, target)


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
