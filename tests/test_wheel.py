"""The wheel holds what it should, and works in a clean environment, far from the repository."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tourpool import __version__

ROOT = Path(__file__).parents[1]
UV = os.environ.get("UV") or shutil.which("uv")  # `uv run` names itself in UV
pytestmark = pytest.mark.skipif(UV is None, reason="needs uv, which `make test` brings")


def run(*command: object, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--quiet", "--out-dir", folder, ROOT, cwd=folder)  # by way of the sdist
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of a clean environment with the wheel and the locked versions of what it needs."""
    folder = tmp_path_factory.mktemp("clean")
    locked = folder / "locked.txt"
    run(
        UV, "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--project", ROOT,
        "--output-file", locked, cwd=folder,
    )  # fmt: skip
    run(UV, "venv", "--quiet", folder / "env", cwd=folder)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = (UV, "pip", "install", "--quiet", "--python", folder / "env")
    run(*install, "--requirement", locked, cwd=folder)
    run(*install, "--no-deps", wheel, cwd=folder)
    return programs


def test_the_wheel_root_holds_the_package_and_its_dist_info_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "tourpool",
        f"tourpool-{__version__}.dist-info",
    }


def test_the_wheel_holds_every_module_and_data_file_of_the_tree(wheel: Path) -> None:
    floors = ("data", "events", "routing", "reports")
    wanted = {"tourpool/__init__.py", "tourpool/cli.py", "tourpool/py.typed"}
    for path in (p for floor in floors for p in (ROOT / floor).rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("LICENSE"):
            wanted.add(f"tourpool/{path.relative_to(ROOT).as_posix()}")
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())
    assert any(name.startswith("tourpool/data/demo/") for name in wanted)


def test_the_wheel_carries_the_licences_of_what_it_ships(wheel: Path) -> None:
    names = [n for n in zipfile.ZipFile(wheel).namelist() if "/licenses/" in n]
    assert {Path(n).name for n in names} == {"LICENSE", "LICENSE-us-atlas", "LICENSE-leaflet"}


def test_the_installed_wheel_plans_the_demonstration(bin_folder: Path, tmp_path: Path) -> None:
    run(bin_folder / "tourpool", "demo", "mine", cwd=tmp_path)
    run(bin_folder / "tourpool", "plan", "mine", "--out", "out", cwd=tmp_path)
    run(bin_folder / "tourpool", "check", "mine", "out/plan.json", cwd=tmp_path)
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {"plan.json", "map.html", "schedule.xlsx", "schedule.csv"}
