"""Weights: whose seat counts for more, and why. Whole hundredths, 100 to 400."""

from pydantic import Field

from tourpool.events.records import Record


class Factor(Record):
    """One reason for a weight."""

    name: str
    hundredths: int = Field(ge=0, description="what it adds")
    why: str = Field(description="with the figures it comes from")
