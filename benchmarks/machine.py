"""On what was measured: times are worth little without it."""

import os
import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("pyvrp", "ortools", "pyvroom", "highspy", "numba", "numpy")
CPU = Path("/proc/cpuinfo")


def machine() -> str:
    """Cores, processor, memory, system and Python."""
    gb = _memory_gb()
    parts = [
        f"{os.cpu_count()} cores of {_processor()}",
        *([f"{gb:.0f} GB of memory"] if gb else []),
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
    ]
    return ", ".join(parts)


def versions() -> str:
    """Of the packages that solve, those that are installed."""
    return ", ".join(filter(None, map(_version, PACKAGES)))


def load() -> float | None:
    """How many processes wanted a core in the last minute, on average; None where nobody knows."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _version(package: str) -> str:
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    if CPU.exists():
        for line in CPU.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "an unknown processor"


def _memory_gb() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        return None
