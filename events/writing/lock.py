"""One person at a time adds to a season: a lock file that only one program can make."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tourpool.events.problems import InputError

WAIT_S = 30.0
STALE_S = 60.0  # nobody adds a row for that long: whoever made the lock is gone
_ASK_AGAIN_S = 0.05


class LockedError(InputError):
    """Somebody else adds to the season all the time."""


@contextmanager
def locked(season: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Keep other programs out while a row is numbered, checked and added.

    Parameters
    ----------
    season
        A folder or a workbook.
    wait_s
        How long to wait for others, in seconds.

    Raises
    ------
    LockedError
        When others keep it locked for longer.
    PermissionError
        When nothing can be written there.
    """
    lock = _lock(season)
    until_s = time.monotonic() + wait_s
    while not _taken(lock):
        _drop_stale(lock)
        if time.monotonic() > until_s:
            raise LockedError(
                f"{season}: somebody else is adding a request; try again in a minute, or delete "
                f"{lock} if nobody is"
            )
        time.sleep(_ASK_AGAIN_S)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _lock(season: Path) -> Path:
    """Inside a folder, beside a workbook: where the tables are written too."""
    if season.is_dir():
        return season / ".tourpool.lock"
    return season.with_name(f".{season.name}.lock")


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    except PermissionError as error:
        if lock.exists():  # Windows, while another program deletes it
            return False
        raise PermissionError(
            f"{lock.parent} cannot be written to; name a season in a folder of your own"
        ) from error
    return True


def _drop_stale(lock: Path) -> None:
    with suppress(FileNotFoundError):  # its owner was done meanwhile
        if time.time() - lock.stat().st_mtime > STALE_S:
            aside = lock.with_name(f"{lock.name}.{secrets.token_hex(4)}")
            os.replace(lock, aside)  # of several that see it, one moves it
            aside.unlink()
