"""What it would be without pooling: the same groups alone; the same fleet, one school a bus."""

import numpy as np

from tourpool.routing.build import Built, alone
from tourpool.routing.plan import Baseline, Block
from tourpool.routing.solver.columns import Columns, best_pair, pair_metres, session_columns
from tourpool.routing.solver.select import Picks, Selection
from tourpool.routing.solver.solve import solve_lexicographic
from tourpool.routing.solver.stop import Stop


def alone_same_groups(built: Built, blocks: tuple[Block, ...]) -> Baseline:
    """Each group that rides, by itself on its cheapest bus that may carry it; buses unlimited."""
    rides = [(p.session_id, g) for b in blocks for p in b.run_pairs for g in p.groups]
    singles = {
        s.session_id: (n, session_columns(built.instance, alone(built.instance.sessions[n])))
        for n, s in enumerate(built.sessions)
        if s.session_id in {session_id for session_id, _ in rides}
    }
    students = weighted = buses = metres = cost = 0
    left_out = []
    for session_id, group in rides:
        n, columns = singles[session_id]
        i = [g.group_id for g in built.groups[n]].index(group.group_id)
        of = np.flatnonzero(columns.inside[:, i]) if len(columns.inside) else np.zeros(0, np.int64)
        if not len(of):
            left_out.append(group.group_id)
            continue
        a, k = int(of[0]), int(columns.cost[of[0]].argmin())
        students, buses = students + group.students, buses + 1
        weighted += int(built.instance.sessions[n].worth[i])
        cost += int(columns.cost[a, k])
        metres += _metres(built, n, columns, a, k)
    return Baseline(
        students=students,
        weighted=weighted,
        groups=buses,
        buses=buses,
        metres=metres,
        cost=cost,
        left_out=tuple(left_out),
    )


def alone_same_fleet(built: Built, selection: Selection, stop: Stop) -> Baseline:
    """The best plan of the same buses where no two schools share one."""
    columns = [_one_school(built, n, c) for n, c in enumerate(selection.columns)]
    unpooled = Selection(built.instance, columns)
    picks = solve_lexicographic(unpooled, 0.0, stop).picks
    totals = unpooled.totals(picks)
    return Baseline(
        students=_students(built, unpooled, picks),
        weighted=totals.worth,
        groups=int(sum(unpooled.columns[s].inside[a].sum() for s, a, _ in picks.rows())),
        buses=len(picks),
        metres=sum(_metres(built, s, columns[s], a, k) for s, a, k in picks.rows().tolist()),
        cost=totals.cost,
    )


def _one_school(built: Built, n: int, columns: Columns) -> Columns:
    """Only sets whose groups are all of one school."""
    school = built.instance.sessions[n].school
    if not len(columns.inside):
        return columns
    high = np.where(columns.inside, school, -1).max(axis=1)
    low = np.where(columns.inside, school, np.iinfo(np.int64).max).min(axis=1)
    return columns.keep(high == low)


def _students(built: Built, selection: Selection, picks: Picks) -> int:
    return sum(
        built.groups[s][i].students
        for s, a, _ in picks.rows().tolist()
        for i in np.flatnonzero(selection.columns[s].inside[a])
    )


def _metres(built: Built, n: int, columns: Columns, a: int, k: int) -> int:
    m, s = built.instance, built.instance.sessions[n]
    out, back = best_pair(m, s, columns, a, k)
    return pair_metres(m, s, columns, k, out, back)
