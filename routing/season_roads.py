"""The roads of a season: of the map file that its policy names, or estimated."""

from tourpool.events.season import Season
from tourpool.routing.estimate import EstimatedRoads
from tourpool.routing.roads import Roads


def roads_of(season: Season) -> Roads:
    """Roads as the season's policy says.

    Raises
    ------
    InputError
        When no roads of that name are kept on this computer, or they are damaged.
    """
    if season.policy.roads == EstimatedRoads().name:
        return EstimatedRoads()
    from tourpool.routing.network.of_season import OfSeason  # takes seconds to load

    return OfSeason.load(season)
