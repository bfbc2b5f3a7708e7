"""Tables of a plan as compiled code sees them: all of a task, or of a plan, behind one reference.

Passed as tuples, code that handles each of their arrays at each call would be most of what there is
to compile. The arrays are the same ones; what one side writes the other sees.
"""

from typing import Any

import numba
from numba.core import types
from numba.experimental import structref

from tourpool.routing.solver.plan_tables import State, Task


@structref.register
class _TaskType(types.StructRef):
    pass


@structref.register
class _StateType(types.StructRef):
    pass


class _TaskRef(structref.StructRefProxy):
    pass


class _StateRef(structref.StructRefProxy):
    pass


structref.define_proxy(_TaskRef, _TaskType, Task._fields)  # type: ignore[no-untyped-call]
structref.define_proxy(_StateRef, _StateType, State._fields)  # type: ignore[no-untyped-call]


@numba.njit(cache=True)
def task_seen(p: Task) -> Any:
    """The tables of a task behind one reference."""
    return _TaskRef(  # type: ignore[no-untyped-call]
        p.road_s,
        p.road_m,
        p.profile,
        p.group,
        p.payer_m,
        p.avoid_at,
        p.avoid,
        p.carry,
        p.hold,
        p.buses,
        p.number,
        p.alone,
        p.session,
        p.fixed,
        p.school_room,
        p.budget,
        p.unit_at,
        p.unit,
        p.gain,
        p.groups,
        p.near,
    )


@numba.njit(cache=True)
def state_seen(x: State) -> Any:
    """The tables of a plan behind one reference."""
    return _StateRef(  # type: ignore[no-untyped-call]
        x.block,
        x.payer_m,
        x.order,
        x.ride,
        x.slack,
        x.where,
        x.unit,
        x.used,
        x.people,
        x.school,
        x.spent,
        x.total,
        x.touched,
    )
