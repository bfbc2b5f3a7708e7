"""Frozen data can be copied with changes."""

from tests.seasons import two_schools


def test_a_changed_copy_of_a_season_finds_its_new_rows_by_id() -> None:
    season = two_schools()
    (first, *_) = season.requests
    assert season.request[first.request_id] is first  # looked up once, kept with the season
    more = first.model_copy(update={"students": first.students + 1})
    changed = season.model_copy(update={"requests": (more,)})
    assert changed.request == {first.request_id: more}
    assert season.request[first.request_id] is first
