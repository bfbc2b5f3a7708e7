"""What a district or an ecosystem may spend. Money is US$."""

from pydantic import Field

from tourpool.events.records import Record

ALL_EVENTS = "all"


class Budget(Record):
    """The most that the riders of one payer may cost, over the whole season."""

    payer: str = Field(
        min_length=1, description="a leaid, or an ecosystem_id for all of its districts"
    )
    scope: str = Field(
        default=ALL_EVENTS,
        min_length=1,
        description="an event_id, a kind of events such as college_tour, or all [all]",
    )
    usd: float = Field(ge=0, le=1_000_000_000, description="US$ it may bear in the season")
