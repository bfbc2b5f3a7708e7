"""What each budget bears of a plan."""

from collections.abc import Sequence

import numpy as np

from tourpool.routing.build import Built
from tourpool.routing.plan import PlanBudget
from tourpool.routing.solver.orders import BlockRuns


def plan_budgets(built: Built, runs: Sequence[BlockRuns]) -> tuple[PlanBudget, ...]:
    """Limits and shares; a share is rounded half up to 1e-4 US$ once a block."""
    m = built.instance
    used = np.zeros(len(m.budgets), np.int64)
    for block in runs:
        whole, part = 0, np.zeros(len(m.budgets), np.int64)
        for pair in block.pairs:
            s, of = m.sessions[pair.session], list(pair.outbound)
            whole += int(s.alone_m[of].sum())
            part += (s.payer[:, of] * s.alone_m[of]).sum(axis=1)
        used += (2 * block.cost * part + whole) // (2 * whole)
    return tuple(
        PlanBudget(payer=b.payer, scope=b.scope, usd=int(limit), used=int(bears))
        for b, limit, bears in zip(built.season.budgets, m.budgets, used, strict=True)
    )
