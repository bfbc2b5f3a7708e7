"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from tourpool.events import files
from tourpool.events.files import Batch, write_text, written


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Let moving a new file to ``name`` fail, as Windows does while Excel shows it."""
    replace = os.replace
    failed: list[bool] = []

    def move(source: Path, target: Path) -> None:
        if Path(target).name == name and not failed:
            failed.append(True)
            raise error
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", move)


def test_what_is_written_stands_in_place_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "plan.json", "first\r\n")
    write_text(tmp_path / "new" / "plan.json", "second\r\n")
    assert (tmp_path / "new" / "plan.json").read_bytes() == b"second\r\n"
    assert names(tmp_path / "new") == ["plan.json"]


def test_the_temporary_path_is_in_the_same_folder_with_the_same_suffix(tmp_path: Path) -> None:
    with written(tmp_path / "plan.xlsx") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".xlsx"
        assert temporary.name != "plan.xlsx"


def write_new(folder: Path, *names: str, error: BaseException | None = None) -> None:
    """Write ``new NAME`` to each, then fail when there is an error to raise."""
    with Batch(folder) as batch:
        for name in names:
            batch.path(name).write_text(f"new {name}")
        if error is not None:
            raise error


@pytest.mark.parametrize("error", [ValueError("half"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_file_whole(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    with pytest.raises(type(error)):
        write_new(tmp_path, "plan.json", error=error)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["plan.json"]


def test_a_failure_after_the_second_file_leaves_all_as_they_were(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.json").write_text("old a")
    with pytest.raises(ValueError, match="disk"):
        write_new(tmp_path, "a.json", "b.json", error=ValueError("disk"))
    assert (tmp_path / "a.json").read_text() == "old a"
    assert names(tmp_path) == ["a.json"]


def test_a_failure_while_moving_brings_back_what_was_moved_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("old a")
    (tmp_path / "c.json").write_text("old c")
    fail_at(monkeypatch, "c.json", OSError("disk"))
    with pytest.raises(OSError, match="disk"):
        write_new(tmp_path, "a.json", "b.json", "c.json")
    assert (tmp_path / "a.json").read_text() == "old a"
    assert (tmp_path / "c.json").read_text() == "old c"
    assert names(tmp_path) == ["a.json", "c.json"]  # b.json was not there before


def test_a_file_that_excel_holds_open_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "schedule.xlsx"
    path.write_text("old")
    fail_at(monkeypatch, "schedule.xlsx", PermissionError(13, "Permission denied"))
    with pytest.raises(PermissionError, match=r"schedule\.xlsx cannot be written.*close it"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["schedule.xlsx"]


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(IsADirectoryError, match="out is a folder; name a file"):
        write_text(tmp_path / "out", "text")


def test_asking_twice_for_the_same_file_gives_the_same_temporary_path(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        batch.path("a.json").write_text("one")
        assert batch.path("a.json").read_text() == "one"
    assert (tmp_path / "a.json").read_text() == "one"


@pytest.mark.skipif(os.name != "posix", reason="modes and links are a matter of POSIX")
def test_the_mode_of_the_old_file_and_a_link_to_it_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "season" / "plan.json"
    path.parent.mkdir()
    path.write_text("old")
    path.chmod(0o640)
    link = tmp_path / "plan.json"
    link.symlink_to(path)
    write_text(link, "new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_an_error_names_the_file_that_was_asked_for_and_not_the_temporary_one(
    tmp_path: Path,
) -> None:
    with pytest.raises(OSError, match="No space left") as error, written(tmp_path / "a.csv") as new:
        raise OSError(28, "No space left on device", str(new))
    assert error.value.filename == str(tmp_path / "a.csv")
    (tmp_path / "file").touch()
    with (
        pytest.raises(OSError, match=r"directory|exists") as error,
        written(tmp_path / "file" / "a.csv"),
    ):
        pass
    assert error.value.filename == str(tmp_path / "file" / "a.csv")
