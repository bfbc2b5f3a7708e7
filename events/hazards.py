"""What a bus may not pass: closed roads, weak bridges, low underpasses."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from tourpool.events.records import Record


class Bridge(StrEnum):
    """Which of the two roads at a bridge is meant."""

    ON = "on"
    UNDER = "under"


class Hazard(Record):
    """A place on a road that is closed, or bears or clears less than some buses need.

    Both dates are included. The place is a position or the number of a way, one of them.
    """

    hazard_id: str = Field(min_length=1, description="short name, such as old-mill-bridge")
    name: str = Field(default="", description="what drivers call it [none]")
    lat: float | None = Field(
        default=None, ge=-90, le=90, description="latitude in degrees [by osm_way]"
    )
    lon: float | None = Field(
        default=None, ge=-180, le=180, description="longitude in degrees [by osm_way]"
    )
    osm_way: int | None = Field(
        default=None,
        gt=0,
        le=10**15,
        description="number of the road's way in OpenStreetMap, in place of lat and lon [none]",
    )
    bridge: Bridge | None = Field(
        default=None,
        description="on or under: the road on the bridge, or the one beneath [the nearest road]",
    )
    closed: bool = Field(default=False, description="yes when nobody may pass [no]")
    max_tons: float | None = Field(
        default=None, gt=0, le=100, description="short tons that a sign allows [no limit]"
    )
    max_height_ft: float | None = Field(
        default=None, gt=0, le=100, description="feet that a sign allows, 10.5 for 10' 6\" [none]"
    )
    date_from: dt.date | None = Field(default=None, description="first day [always]")
    date_to: dt.date | None = Field(default=None, description="last day [until further notice]")

    def holds_on(self, date: dt.date) -> bool:
        """Whether it counts on a day."""
        begun = self.date_from is None or self.date_from <= date
        return begun and (self.date_to is None or date <= self.date_to)
