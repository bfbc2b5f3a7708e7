"""The buses on offer, and tariffs of their miles. Money is US$."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from tourpool.events.records import Record


class Carries(StrEnum):
    """Whom a bus takes."""

    OWN = "own"
    AGREEMENT = "agreement"
    ALL = "all"


class BusType(Record):
    """Buses of one type at one garage: seats by age, rates, free hours, whom they carry."""

    garage_id: str = Field(description="where they stand")
    bus_type: str = Field(min_length=1, description="type, unique at its garage")
    count: int = Field(gt=0, le=1000, description="how many there are")
    bus_numbers: tuple[str, ...] = Field(
        default=(), description="the numbers painted on them, separated by ; [1 ... count]"
    )
    seats_small: int = Field(
        gt=0, le=200, description="seats when small children sit three to a bench"
    )
    seats_large: int = Field(gt=0, le=200, description="seats for secondary students and adults")
    wheelchair_places: int = Field(default=0, ge=0, le=50, description="wheelchair places [0]")
    seats_lost_per_wheelchair: int = Field(
        default=4, ge=0, le=50, description="large seats that one used place takes [4]"
    )
    usd_fixed: float = Field(ge=0, le=100_000, description="US$ for a day's use")
    usd_per_mile: float = Field(
        default=0, ge=0, le=100_000, description="US$ per mile, empty miles included [by tariff_id]"
    )
    tariff_id: str | None = Field(
        default=None,
        min_length=1,
        description="the tariff whose tiers price its miles, in place of usd_per_mile [none]",
    )
    usd_per_hour: float = Field(
        ge=0, le=100_000, description="US$ per hour of driving, stops included"
    )
    usd_per_wait_hour: float = Field(
        ge=0, le=100_000, description="US$ per hour of waiting at the venue [usd_per_hour]"
    )
    usd_minimum: float = Field(
        default=0, ge=0, le=100_000, description="least US$ for a day's use [0]"
    )
    driver_min_h: float = Field(
        default=0,
        ge=0,
        le=24,
        description="hours at usd_per_hour that a day's use pays at the least [0]",
    )
    overtime_after_h: float | None = Field(
        default=None, gt=0, le=24, description="hours of duty after which overtime is paid [none]"
    )
    usd_per_overtime_hour: float | None = Field(
        default=None,
        ge=0,
        le=100_000,
        description="US$ per hour of overtime, in place of usd_per_hour [none]",
    )
    free_from: dt.time = Field(description="leaves its garage no earlier, local time")
    free_to: dt.time = Field(description="back in its garage by then, local time")
    max_duty_h: float = Field(default=15, gt=0, le=24, description="garage to garage, hours [15]")
    max_drive_h: float = Field(default=10, gt=0, le=24, description="at the wheel, hours [10]")
    height_ft: float = Field(
        default=10.5, gt=0, le=30, description="feet [a full-size school bus: 10.5]"
    )
    length_ft: float = Field(default=40, gt=0, le=100, description="feet [40]")
    weight_tons: float = Field(
        default=14.75, gt=0, le=100, description="short tons, loaded [14.75]"
    )
    min_riders: int = Field(
        default=0,
        ge=0,
        le=200,
        description="it goes only with so many people, chaperones included [0]",
    )
    carries: Carries = Field(
        default=Carries.AGREEMENT,
        description="own, agreement or all: whom it takes [agreement]",
    )

    @property
    def bus_type_id(self) -> str:
        """Name of the row: garage and type."""
        return f"{self.garage_id}/{self.bus_type}"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The number of each bus; counted from 1 where nobody gave any."""
        return self.bus_numbers or tuple(str(n + 1) for n in range(self.count))

    def only(self, numbers: tuple[str, ...]) -> "BusType":
        """The row with some of its buses."""
        return self.model_copy(update={"count": len(numbers), "bus_numbers": numbers})


class Tariff(Record):
    """One tier of a tariff: the miles of a day beyond `from_mi` cost its rate, up to the next."""

    tariff_id: str = Field(min_length=1, description="short name; its tiers have the same")
    from_mi: float = Field(
        default=0, ge=0, le=10_000, description="miles of a day after which this tier counts [0]"
    )
    usd_per_mile: float = Field(
        ge=0, le=100_000, description="US$ per mile of this tier, empty miles included"
    )


class NamedBus(NamedTuple):
    """Buses of one row of the table, or one of them by its number."""

    bus_type_id: str
    number: str | None


def named_bus(buses: Iterable[BusType], text: str) -> NamedBus | None:
    """Which bus is named garage/type, or garage/type/number; None when there is none of that name.

    A row of the table comes before a number: names may have a / in them.
    """
    rows = list(buses)
    if any(b.bus_type_id == text for b in rows):
        return NamedBus(text, None)
    for b in rows:
        for number in b.numbers:
            if text == f"{b.bus_type_id}/{number}":
                return NamedBus(b.bus_type_id, number)
    return None
