"""Files that come with the program: demonstration seasons and county outlines."""

import shutil
from importlib.resources import files
from pathlib import Path

DEMOS = {"mississippi": "demo", "kentucky": "demo_kentucky"}
"""Folder of each demonstration season, by the name people call it."""


def demo_path(name: str = "mississippi") -> Path:
    """Find the folder that holds the tables of a demonstration season.

    Raises
    ------
    ValueError
        When there is no season of that name.
    """
    if name not in DEMOS:
        raise ValueError(f"no demonstration season {name!r}; there are {' and '.join(DEMOS)}")
    return Path(str(files(__package__).joinpath(DEMOS[name])))


def copy_demo(target: Path, name: str = "mississippi") -> list[Path]:
    """Write the tables of a demonstration season into a new or empty folder.

    Returns
    -------
    copied
        The files written, in alphabetical order.

    Raises
    ------
    FileExistsError
        When ``target`` is a file or holds anything; nothing is written then.
    ValueError
        When there is no season of that name.
    """
    tables = sorted(demo_path(name).glob("*.csv"))
    if target.exists() and not target.is_dir():
        raise FileExistsError(f"{target} is a file; name a new folder instead")
    if target.is_dir() and any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty; name a new folder, or empty this one")
    target.mkdir(parents=True, exist_ok=True)
    copied: list[Path] = []
    try:
        for table in tables:
            copied.append(target / table.name)
            shutil.copyfile(table, copied[-1])
    except OSError:
        for file in copied:
            file.unlink(missing_ok=True)
        raise
    return copied
