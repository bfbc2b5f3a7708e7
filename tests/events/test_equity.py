"""Weights of requests and the reasons for them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.events.equity import Weight, weights
from tourpool.events.occasions import Event, EventKind, Session
from tourpool.events.places import District, School
from tourpool.events.rules import Participation, Policy
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest

LEAID, NCESSCH = "2803960", "280396000753"
FIRST = dt.date(2027, 3, 9)
SECOND = dt.date(2027, 3, 11)


def served(date: dt.date, students: int = 20, ncessch: str = NCESSCH) -> Participation:
    return Participation(
        ncessch=ncessch, date=date, event_kind=EventKind.CAREER_FAIR, students=students
    )


def session(session_id: str, date: dt.date) -> Session:
    nine, ten = dt.time(9), dt.time(10)
    return Session(
        session_id=session_id,
        event_id="tour",
        date=date,
        venue_id="dsu",
        arrive_from=nine,
        arrive_by=nine,
        depart=ten,
    )


def weigh(
    *participation: Participation,
    locale: int = 11,
    ready_pct: float | None = None,
    policy: Policy | None = None,
    choices: tuple[Choice, ...] = (),
) -> Weight:
    """The weight of the one request of a season; the sessions of its event: FIRST and SECOND."""
    school = School(
        ncessch=NCESSCH,
        leaid=LEAID,
        name="South Delta High School",
        lat=32.9,
        lon=-90.9,
        locale=locale,
        grade_low=9,
        grade_high=12,
        tz="America/Chicago",
        stop_lat=32.9,
        stop_lon=-90.9,
    )
    district = District(
        leaid=LEAID,
        name="South Delta",
        ecosystem_id="delta",
        college_career_ready_pct=ready_pct,
    )
    request = SeatRequest(
        request_id="ask",
        ncessch=NCESSCH,
        event_id="tour",
        grade_low=12,
        grade_high=12,
        students=20,
        chaperones=2,
        choices=choices,
    )
    tour = Event(event_id="tour", name="Tour", kind=EventKind.COLLEGE_TOUR, ecosystem_id="delta")
    season = Season(
        name="small",
        ecosystems=(),
        districts=(district,),
        schools=(school,),
        venues=(),
        events=(tour,),
        sessions=(session("second", SECOND), session("first", FIRST)),
        requests=(request,),
        garages=(),
        buses=(),
        participation=participation,
        policy=policy or Policy(),
    )
    return weights(season)["ask"]


def adds(weight: Weight) -> dict[str, int]:
    return {f.name: f.hundredths for f in weight.factors}


def why(weight: Weight, name: str) -> str:
    return next(f.why for f in weight.factors if f.name == name)


RECENTLY = served(FIRST - dt.timedelta(days=100))


def test_a_city_school_of_unknown_readiness_that_was_served_weighs_100() -> None:
    weight = weigh(RECENTLY)
    assert weight.hundredths == 100
    assert adds(weight) == {"remote": 0, "low readiness": 0, "never served": 0}


def test_a_remote_school_where_nobody_is_ready_and_nobody_was_served_weighs_400() -> None:
    assert weigh(locale=43, ready_pct=0).hundredths == 100 + 100 + 100 + 100


@pytest.mark.parametrize(
    ("locale", "added"), [(13, 0), (32, 0), (33, 50), (41, 50), (42, 100), (43, 100)]
)
def test_locale_adds_in_full_for_the_rural_and_half_at_the_fringe(locale: int, added: int) -> None:
    assert adds(weigh(locale=locale))["remote"] == added


def test_low_readiness_adds_what_is_missing_to_100_pct() -> None:
    assert adds(weigh(ready_pct=38))["low readiness"] == 62
    assert adds(weigh(ready_pct=24.5))["low readiness"] == 76  # 75.5, half up
    assert adds(weigh(ready_pct=100))["low readiness"] == 0


def test_the_policy_scales_each_factor() -> None:
    policy = Policy(
        weight_rural=0.2, weight_rural_fringe=0.1, weight_low_readiness=0.5, weight_never_served=0.3
    )
    assert adds(weigh(locale=43, ready_pct=38, policy=policy)) == {
        "remote": 20,
        "low readiness": 31,  # 0.5 * 62
        "never served": 30,
    }
    assert adds(weigh(locale=41, policy=policy))["remote"] == 10


@pytest.mark.parametrize(
    ("day", "added"),
    [
        (dt.date(2024, 3, 8), 100),  # a day too old
        (dt.date(2024, 3, 9), 0),  # three years to the day
        (dt.date(2027, 3, 8), 0),  # the day before
        (dt.date(2027, 3, 9), 100),  # the day itself is not before it
        (dt.date(2027, 3, 10), 100),
    ],
)
def test_only_the_three_years_before_the_first_session_count(day: dt.date, added: int) -> None:
    assert adds(weigh(served(day)))["never served"] == added


def test_the_first_session_is_the_first_one_that_the_request_names() -> None:
    on_the_second = (Choice(request_id="ask", session_id="second"),)
    assert adds(weigh(served(FIRST)))["never served"] == 100
    assert adds(weigh(served(FIRST), choices=on_the_second))["never served"] == 0


def test_a_day_on_which_no_student_rode_and_another_school_do_not_count_as_served() -> None:
    before = FIRST - dt.timedelta(days=1)
    others = served(before, ncessch="280189001037")
    assert adds(weigh(served(before, students=0), others))["never served"] == 100


def test_the_29th_of_february_looks_back_to_the_28th(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "FIRST", dt.date(2028, 2, 29))
    monkeypatch.setitem(globals(), "SECOND", dt.date(2028, 3, 1))
    assert adds(weigh(served(dt.date(2025, 2, 28))))["never served"] == 0
    assert adds(weigh(served(dt.date(2025, 2, 27))))["never served"] == 100


def test_every_factor_says_why_in_figures() -> None:
    weight = weigh(locale=43, ready_pct=38)
    assert why(weight, "remote") == "locale 43, remote rural"
    assert why(weight, "low readiness") == (
        "38 % of the district's students are college and career ready"
    )
    assert why(weight, "never served") == "no seat in the three years before 2027-03-09"
    assert why(weigh(RECENTLY), "never served") == "had seats on 2026-11-29, within three years"
    assert "not known" in why(weigh(ready_pct=None), "low readiness")


share = st.floats(0, 1)
policies = st.builds(
    Policy,
    weight_rural=share,
    weight_rural_fringe=share,
    weight_low_readiness=share,
    weight_never_served=share,
)
days = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31))


@given(
    policy=policies,
    locale=st.sampled_from([11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43]),
    ready_pct=st.none() | st.floats(0, 100),
    earlier=st.lists(days, max_size=3),
    another=days,
)
def test_a_weight_is_100_to_400_the_sum_of_its_factors_and_never_raised_by_being_served(
    policy: Policy, locale: int, ready_pct: float | None, earlier: list[dt.date], another: dt.date
) -> None:
    before = weigh(*map(served, earlier), locale=locale, ready_pct=ready_pct, policy=policy)
    after = weigh(
        *map(served, [*earlier, another]), locale=locale, ready_pct=ready_pct, policy=policy
    )
    assert 100 <= before.hundredths <= 400
    assert before.hundredths == 100 + sum(f.hundredths for f in before.factors)
    assert after.hundredths <= before.hundredths


@given(policy=policies, pair=st.tuples(st.floats(0, 100), st.floats(0, 100)))
def test_a_lower_readiness_rate_never_lowers_the_weight(
    policy: Policy, pair: tuple[float, float]
) -> None:
    low, high = sorted(pair)
    assert (
        weigh(ready_pct=low, policy=policy).hundredths
        >= weigh(ready_pct=high, policy=policy).hundredths
    )
