"""What goes into the one file of the map: scripts, styles, templates, and a policy for them."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

TILE_HOSTS = ("https://basemap.nationalmap.gov", "https://tile.openstreetmap.org")
"""The only places a map may load from, and only pictures, and only when somebody asks for it."""


def static_text(name: str) -> str:
    """A file of ``reports/static``."""
    return files("tourpool.reports").joinpath(f"static/{name}").read_text(encoding="utf-8")


STILL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy of a page that runs and loads nothing."""


@cache
def templates() -> Environment:
    """Templates of ``reports/static``; every value is escaped."""
    return Environment(
        loader=FunctionLoader(static_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def leaflet_js() -> str:
    """Leaflet without the address of its source map, which a browser would try to load."""
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", static_text("leaflet.js"))


def leaflet_css() -> str:
    """Leaflet's styles; the one picture that is used goes inside, the others are left out."""
    css = static_text("leaflet.css")
    png = files("tourpool.reports").joinpath("static/layers.png").read_bytes()
    css = css.replace("url(images/layers.png)", f"url({_data(png)})")
    css = css.replace("behavior: url(#default#VML);", "")
    return re.sub(r"url\(images/[^)]*\)", "none", css)


def content_policy(scripts: Iterable[str]) -> str:
    """Content-Security-Policy that runs these scripts and no other, and loads nothing but tiles.

    Names are escaped already; should one ever slip through, the browser refuses to run it.
    """
    hashes = " ".join(f"'sha256-{_sha256(s)}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        f"img-src data: {' '.join(TILE_HOSTS)}; base-uri 'none'; form-action 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
