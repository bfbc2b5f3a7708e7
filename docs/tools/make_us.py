"""Make data/us/counties.json.gz from us-atlas (npm, ISC; borders by the US Census Bureau).

Example: python docs/tools/make_us.py us-atlas-3.0.1.tgz data/us
"""

import gzip
import json
import sys
import tarfile
from pathlib import Path


def make(archive: Path, folder: Path) -> None:
    """Keep the counties and their arcs; drop the nation, whose arcs the counties hold anyway."""
    with tarfile.open(archive) as tar:
        topology = json.loads(_member(tar, "package/counties-10m.json"))
        (folder / "LICENSE-us-atlas").write_bytes(_member(tar, "package/LICENSE"))
    counties = topology["objects"]["counties"]["geometries"]
    kept = {
        "transform": topology["transform"],
        "arcs": topology["arcs"],
        "counties": [
            [c["id"], c["properties"]["name"], _polygons(c)] for c in counties if c["type"]
        ],
    }
    text = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
    (folder / "counties.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise FileNotFoundError(f"{name} is not in the archive")
    return file.read()


def _polygons(county: dict[str, object]) -> object:
    return [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
