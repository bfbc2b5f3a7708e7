"""What a leader decided by hand: a request rides in a session, perhaps on a bus."""

from pydantic import Field

from tourpool.events.records import Record


class Pin(Record):
    """A request that rides, whatever else a plan decides: in which session, on which bus."""

    request_id: str = Field(description="the request; it is served")
    session_id: str = Field(description="the session it rides in, one that it accepts")
    bus: str = Field(
        default="",
        description="the bus it rides on: garage/type, or garage/type/number [any]",
    )
    why: str = Field(default="", description="why, and who decided it")
