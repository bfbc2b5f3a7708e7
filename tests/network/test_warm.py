"""The loops of the hierarchy are compiled once on a computer."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from tourpool.routing.network.warm import warm_up
said = []
warm_up(lambda: said.append("first use"))
print(len(said))
"""


def warmed(cache: Path) -> str:
    """How often it spoke, in a process that keeps compiled code in a folder of its own."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_all_is_compiled_at_first_use_and_said_once(tmp_path: Path) -> None:
    assert warmed(tmp_path) == "1"
    assert warmed(tmp_path) == "0"
