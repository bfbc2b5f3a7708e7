"""The bases of our data: frozen, no unknown fields; rows that people type have texts stripped."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Data that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy, changing some fields; what was derived from the old ones is forgotten.

        pydantic copies cached properties too, and look-ups by id would give the old records.
        """
        copied = super().model_copy(update=update, deep=deep)
        for name in set(vars(copied)) - set(type(self).model_fields):
            del vars(copied)[name]
        return copied


class Record(Frozen):
    """One row of a table. Column explanations are the field descriptions; [..] is the default."""

    model_config = ConfigDict(str_strip_whitespace=True)
