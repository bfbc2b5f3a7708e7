"""A season in our own tables: real schools and colleges, invented requests, buses and sessions.

The rules are those of the largest season of the shared folder: schools ask for tours and fairs that
are near, buses stand at districts and are free between the runs to school, or all day. Without the
folder of schools and colleges it cannot be made.

    python -m benchmarks.season_tables out/large --schools 184 --events 40 --days 20
"""

import csv
import datetime as dt
import math
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.shared import FOLDER
from tourpool.events.places import Point
from tourpool.routing.estimate import EstimatedRoads

Row = dict[str, object]
BUSES = {14: (160, 1.45, 24.1), 24: (200, 1.77, 25.2), 48: (290, 2.25, 28.1), 65: (330, 2.57, 28.1)}
"""By seats: US$ for the day, a mile, an hour."""
CHARTER = (900, 3.86, 32.4)
YARDS = {
    "Jackson": (32.2988, -90.1848),
    "Tupelo": (34.2576, -88.7034),
    "Hattiesburg": (31.3271, -89.2903),
}
HOURS = (("08:15", "13:45"), ("08:30", "14:00"), ("06:00", "18:30"), ("08:00", "14:15"))
FIRST_DAY = dt.date(2027, 3, 1)
NEAR_M = 125 * 1609.344
REMOTE = {"32", "33", "41", "42", "43"}


@dataclass
class Tables:
    """Rows of each table, ids as they are written."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **row: object) -> None:
        """One more row."""
        self.rows.setdefault(table, []).append(row)

    def write(self, folder: Path) -> None:
        """One CSV file a table."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


class Offered(NamedTuple):
    """An event, its sessions, and the schools that are near, nearest first."""

    event_id: str
    fair: bool
    sessions: list[str]
    venue: Point
    near: list[int]


def make(data: Path, schools: int, events: int, days: int, seed: int) -> Tables:
    """All tables of a season; the same arguments give the same."""
    rng = random.Random(f"season/{schools}/{events}/{days}/{seed}")
    tables = Tables()
    chosen = _schools(rng, data, schools)
    colleges = [
        c
        for c in _read(data / "colleges.csv")
        if c["state"] == "MS" and c["visit_candidate"] == "True"
    ]
    rng.shuffle(colleges)
    regions = {s["county_fips"]: s["region"] for s in chosen}
    for region in sorted(set(regions.values())):
        adjacent = ";".join(r[0] for r in sorted(set(regions.values())) if r != region)
        tables.add("ecosystems", ecosystem_id=region[0], name=region[2:], adjacent=adjacent)
    _add_schools(tables, chosen)
    _add_buses(rng, tables, chosen)
    offered = [_add_event(rng, tables, chosen, colleges, e, days) for e in range(events)]
    for event in offered:
        _add_requests(rng, tables, chosen, event)
    tables.add("policy", key="run_pairs_per_day", value=1)
    return tables


def _schools(rng: random.Random, data: Path, n: int) -> list[dict[str, str]]:
    """Remote ones first."""
    region = {
        r["county_fips"]: r["proxy_region8_NOT_OFFICIAL"] for r in _read(data / "ms_ecosystems.csv")
    }
    high = [
        r | {"region": region[r["county_fips"]]}
        for r in _read(data / "ms_schools.csv")
        if r["regular_high"] == "True" and region.get(r["county_fips"])
    ]
    remote = [r for r in high if r["locale_code"] in REMOTE]
    other = [r for r in high if r["locale_code"] not in REMOTE]
    rng.shuffle(remote)
    rng.shuffle(other)
    return sorted((remote + other)[:n], key=lambda r: r["ncessch"])


def _add_schools(tables: Tables, chosen: list[dict[str, str]]) -> None:
    for leaid, s in {s["leaid"]: s for s in reversed(chosen)}.items():
        name, region = s["district_name"].title(), s["region"][0]
        tables.add("districts", leaid=leaid, name=name, ecosystem_id=region)
    for s in chosen:
        tables.add(
            "schools",
            ncessch=s["ncessch"],
            leaid=s["leaid"],
            name=s["school_name"].title(),
            lat=s["lat"],
            lon=s["lon"],
            locale=s["locale_code"],
            grade_low=9,
            grade_high=12,
            earliest_pickup="06:00",
            latest_return="17:30",
        )


def _add_buses(rng: random.Random, tables: Tables, chosen: list[dict[str, str]]) -> None:
    first = {s["leaid"]: s for s in reversed(chosen)}
    for leaid in dict.fromkeys(s["leaid"] for s in chosen):
        s = first[leaid]
        lot, name = f"G{leaid}", f"{s['district_name'].title()} bus lot"
        tables.add("garages", garage_id=lot, name=name, leaid=leaid, lat=s["lat"], lon=s["lon"])
        for seats in sorted(rng.sample(sorted(BUSES), rng.choice([1, 1, 2]))):
            hours, count = rng.choice(HOURS), rng.choice([1, 1, 2])
            _add_bus(tables, lot, f"seats{seats}", count, seats, BUSES[seats], hours)
    for town, (lat, lon) in YARDS.items():
        name = f"Charter, {town}"
        tables.add("garages", garage_id=f"C{town}", name=name, leaid="", lat=lat, lon=lon)
        _add_bus(tables, f"C{town}", "coach", 3, 54, CHARTER, ("05:00", "21:00"))


def _add_bus(
    tables: Tables,
    garage_id: str,
    bus_type: str,
    count: int,
    seats: int,
    rates: tuple[float, float, float],
    hours: tuple[str, str],
) -> None:
    tables.add(
        "buses",
        garage_id=garage_id,
        bus_type=bus_type,
        count=count,
        seats_small=seats,
        seats_large=seats,
        usd_fixed=rates[0],
        usd_per_mile=rates[1],
        usd_per_hour=rates[2],
        free_from=hours[0],
        free_to=hours[1],
        carries="all",
    )


def _add_event(
    rng: random.Random,
    tables: Tables,
    chosen: list[dict[str, str]],
    colleges: list[dict[str, str]],
    e: int,
    days: int,
) -> Offered:
    college, again = colleges[e % len(colleges)], e // len(colleges)
    event_id, fair = f"E{e:02d}", e % 3 == 2
    lat, lon = float(college["lat"]) + 0.01 * again, float(college["lon"])
    near = sorted(
        (m, s) for s in range(len(chosen)) if (m := _metres(chosen[s], lat, lon)) < NEAR_M
    )
    tables.add("venues", venue_id=f"V{e:02d}", name=college["name"], lat=lat, lon=lon)
    tables.add(
        "events",
        event_id=event_id,
        name=f"{college['name']} {'Career Fair' if fair else 'Tour'} {event_id}",
        kind="career_fair" if fair else "college_tour",
        ecosystem_id=chosen[near[0][1]]["region"][0],
        open_to="all",
    )
    n_sessions = rng.choice([1, 1, 2]) if fair else rng.choice([1, 2, 2, 3])
    sessions = []
    for k, day in enumerate(sorted(rng.sample(range(days), n_sessions))):
        begin = rng.choice([9.5, 10.0, 10.5])
        sessions.append(f"{event_id}-{k}")
        tables.add(
            "sessions",
            session_id=sessions[-1],
            event_id=event_id,
            date=_school_day(day),
            venue_id=f"V{e:02d}",
            arrive_by=_clock(begin),
            depart=_clock(begin + rng.choice([1.5, 2.0, 2.5])),
            max_people=rng.choice([240, 320, 400]) if fair else rng.choice([80, 100, 120]),
        )
    return Offered(event_id, fair, sessions, Point(lat, lon), [s for _, s in near])


def _add_requests(
    rng: random.Random, tables: Tables, chosen: list[dict[str, str]], event: Offered
) -> None:
    """Schools ask, nearer ones rather."""
    want = min(len(event.near), rng.randint(*((14, 40) if event.fair else (6, 18))))
    weights = [1 / (k + 12) for k in range(len(event.near))]
    asking: set[int] = set()
    while len(asking) < want:
        asking.add(rng.choices(event.near, weights)[0])
    for s in sorted(asking):
        _add_request(rng, tables, chosen[s], event)


def _add_request(
    rng: random.Random, tables: Tables, school: dict[str, str], event: Offered
) -> None:
    people = min(46, max(5, round(rng.lognormvariate(math.log(16), 0.5))))
    stop = Point(float(school["lat"]), float(school["lon"]))
    direct_s = int(EstimatedRoads().matrix([stop, event.venue]).seconds[0, 1]) + 180 + 4 * people
    chaperones = math.ceil(people / 11)
    accepted = [i for i in event.sessions if rng.random() < 0.8] or event.sessions[:1]
    request_id = f"{event.event_id}-{school['ncessch']}"
    tables.add(
        "requests",
        request_id=request_id,
        ncessch=school["ncessch"],
        event_id=event.event_id,
        students=people - chaperones,
        chaperones=chaperones,
        max_ride_min=max(math.ceil(1.05 * direct_s / 60), rng.choice([75, 90, 105, 120])),
    )
    for session_id in accepted:
        tables.add("request_sessions", request_id=request_id, session_id=session_id)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _metres(school: dict[str, str], lat: float, lon: float) -> float:
    """Great circle from a school."""
    a, b = (math.radians(float(school[c])) for c in ("lat", "lon"))
    c, d = math.radians(lat), math.radians(lon)
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def _school_day(n: int) -> dt.date:
    """The n-th school day from the first Monday on."""
    return FIRST_DAY + dt.timedelta(days=n // 5 * 7 + n % 5)


def _clock(hours: float) -> str:
    return f"{int(hours):02d}:{round(60 * (hours % 1)):02d}"


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--schools", default=184, show_default=True)
@click.option("--events", default=40, show_default=True)
@click.option("--days", default=20, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with ms_schools.csv, ms_ecosystems.csv and colleges.csv.",
)
def main(out: Path, schools: int, events: int, days: int, seed: int, data: Path | None) -> None:
    """Write the tables of a season to a folder."""
    tables = make(data or FOLDER.parent / "data", schools, events, days, seed)
    tables.write(out)
    counts = ", ".join(f"{len(rows)} {table}" for table, rows in tables.rows.items())
    click.echo(f"Written: {out}: {counts}")


if __name__ == "__main__":
    main()
