"""The base of every row that people type: frozen, no unknown fields, texts stripped."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """One row of a table. Column explanations are the field descriptions; [..] is the default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
