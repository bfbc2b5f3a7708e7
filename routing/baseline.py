"""What it would be without pooling: the same groups alone; the same fleet, one school a bus."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from tourpool.routing.build import Built, alone, any_load
from tourpool.routing.groups import whole
from tourpool.routing.plan import Baseline, Block, Group
from tourpool.routing.promise import blocks
from tourpool.routing.solver.chains import Chains
from tourpool.routing.solver.columns import Columns, best_pair, pair_metres, session_columns
from tourpool.routing.solver.instance import FOREVER_S, Bools, SessionData
from tourpool.routing.solver.orders import cheapest_runs
from tourpool.routing.solver.part import part_of
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.solve import solve_lexicographic
from tourpool.routing.solver.stop import Stop


def alone_same_groups(built: Built, blocks: tuple[Block, ...]) -> Baseline:
    """Every request that rides, by itself on its cheapest bus that may carry it.

    Buses are unlimited. A request that no bus takes whole goes in its parts, a bus each.
    """
    sums, left_out = Counter[str](), []
    for n, session in enumerate(built.sessions):
        riding = {
            g.request_id
            for b in blocks
            for p in b.run_pairs
            for g in p.groups
            if p.session_id == session.session_id
        }
        units = _units(built, n, riding)
        s = built.frame.data(session, units)
        columns = session_columns(any_load(built.instance), alone(s))
        for i, unit in enumerate(units):
            of = np.flatnonzero(columns.inside[:, i])
            if not len(of):
                left_out.append(unit.group_id)
                continue
            nth, k = divmod(int(columns.cost[of].argmin()), columns.cost.shape[1])
            a = int(of[nth])
            sums["students"] += unit.counted
            sums["weighted"] += int(s.worth[i])
            sums["buses"] += 1
            sums["cost"] += int(columns.cost[a, k])
            sums["metres"] += _metres(built, s, columns, a, k)
    return Baseline(
        proven=True,
        students=sums["students"],
        weighted=sums["weighted"],
        groups=sums["buses"],
        buses=sums["buses"],
        metres=sums["metres"],
        cost=sums["cost"],
        left_out=tuple(left_out),
    )


def _units(built: Built, n: int, riding: set[str]) -> list[Group]:
    """Requests whole where a bus takes them whole, else in their parts."""
    season, session = built.season, built.sessions[n]
    wholes = [g for r in season.requests if r.request_id in riding for g in whole(season, r)]
    s = built.frame.data(session, wholes)
    columns = session_columns(any_load(built.instance), alone(s))
    units: list[Group] = []
    for i, group in enumerate(wholes):
        if columns.inside[:, i].any():
            units.append(group)
        else:
            units += [g for g in built.groups[n] if g.request_id == group.request_id]
    return units


@dataclass(frozen=True)
class Unpooled:
    """The best plan of the same buses where no two schools share one."""

    baseline: Baseline
    picks: Picks
    """Its columns, numbered as in the pooled selection, of which they are a solution too."""


def alone_same_fleet(built: Built, selection: Selection, stop: Stop) -> Unpooled:
    """Solve the selection with one school a bus."""
    schools = [_one_school(built, n, c) for n, c in enumerate(selection.columns)]
    keep = [*schools, *(_one_school_a_run(built, c) for c in selection.chains)]
    unpooled = part_of(selection, Stage("one school a bus"), keep, NO_PICKS).selection
    solution = solve_lexicographic(unpooled, 0.0, stop)
    made = blocks(built, cheapest_runs(built.instance, unpooled, solution.picks))
    groups = [g for b in made for p in b.run_pairs for g in p.groups]
    rows = solution.picks.rows().tolist()
    sets = [int(np.flatnonzero(keep[p])[a]) for p, a, _ in rows]
    return Unpooled(
        Baseline(
            proven=solution.optimal,
            students=sum(g.counted for g in groups),
            weighted=solution.totals.worth,
            groups=len(groups),
            buses=len(rows),
            metres=sum(b.metres for b in made),
            cost=solution.totals.cost,
        ),
        Picks(solution.picks.pool, np.array(sets, dtype=np.int64), solution.picks.bus),
    )


def _one_school_a_run(built: Built, chain: Chains) -> Bools:
    """Pairs of sets each of which is all of one school."""
    legs = [_one_school(built, s, c) for s, c in zip(chain.sessions, chain.legs, strict=True)]
    return np.asarray(legs[0][chain.which[:, 0]] & legs[1][chain.which[:, 1]])


def _one_school(built: Built, n: int, columns: Columns) -> Bools:
    """Sets whose groups are all of one school."""
    school = built.instance.sessions[n].school
    high = np.where(columns.inside, school, -1).max(axis=1, initial=-1)
    low = np.where(columns.inside, school, FOREVER_S).min(axis=1, initial=FOREVER_S)
    return np.asarray(high == low)


def _metres(built: Built, s: SessionData, columns: Columns, a: int, k: int) -> int:
    m = built.instance
    profile = 0 if m.profile is None else int(m.profile[k, s.day])
    out, back = best_pair(m.on(profile), s.on(profile), columns, a, k)
    return pair_metres(m.on(profile), s.on(profile), columns, k, out, back)
