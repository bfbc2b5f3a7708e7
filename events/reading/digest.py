"""A fingerprint of what a season says, whatever file it came in."""

import hashlib
import json

from tourpool.events.season import Season


def digest(season: Season) -> str:
    """SHA-256 over the content: every value and the order of rows, not the file nor its name."""
    content = season.model_dump(mode="json", exclude={"name", "digest"})
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
