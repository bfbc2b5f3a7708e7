"""Between two sessions of a day: where a bus stands, from when to when, and on whose clock."""

from dataclasses import dataclass

from tourpool.events.clock import local
from tourpool.reports.session_names import session_name
from tourpool.reports.words import clock, count
from tourpool.routing.plan import Block, Place, Plan, RunPair


@dataclass(frozen=True)
class Standing:
    """A bus between two run-pairs.

    Attributes
    ----------
    begin_s, end_s
        From the last alighting, or coming home, until groups board or it leaves.
    in_garage
        Whether it stands at home.
    paid
        Whether that is waiting on the clock.
    """

    block: Block
    place: Place
    begin_s: int
    end_s: int
    in_garage: bool
    paid: bool

    @property
    def text(self) -> str:
        """What the bus does there, for its driver, with clocks of the place."""
        return self._text("here")

    @property
    def away_text(self) -> str:
        """The same for those who are elsewhere."""
        return self._text(f"at {self.place.name}")

    def _text(self, where: str) -> str:
        begin, end = (local(self.block.date, s, self.place.tz) for s in (self.begin_s, self.end_s))
        if self.end_s - self.begin_s < 60:
            return "goes on at once"
        verb = "stays in its garage" if self.in_garage else f"waits {where}"
        clocks = f"{clock(begin)} to {clock(end)} {end:%Z}"
        return f"{verb} {clocks}, {'paid as waiting' if self.paid else 'off the clock'}"


def standing(plan: Plan, block: Block, pair: RunPair) -> Standing | None:
    """Where the bus stands before a run-pair; None before the first one of its day."""
    n = block.run_pairs.index(pair)
    if n == 0:
        return None
    last, first = block.run_pairs[n - 1].return_run.stops[-1], pair.outbound.stops[0]
    return Standing(
        block=block,
        place=plan.place[first.kind, first.place_id],
        begin_s=last.arrive_s if block.by_garage else last.depart_s,
        end_s=first.on[0].begin_s if first.on else first.depart_s,
        in_garage=block.by_garage,
        paid=block.off_s == 0,
    )


def day_text(plan: Plan, block: Block) -> str:
    """What a bus does that serves several sessions in a day; nothing when it serves one."""
    pairs = block.run_pairs
    if len(pairs) == 1:
        return ""
    names = ", then ".join(session_name(plan, plan.session[p.session_id]) for p in pairs)
    between = between_text(plan, block)
    return f"{count(len(pairs), 'session')} in one day: {names}. In between it {between}."


def between_text(plan: Plan, block: Block) -> str:
    """Where a bus is between its sessions; nothing when it serves one."""
    stays = [standing(plan, block, pair) for pair in block.run_pairs]
    return "; ".join(s.away_text for s in stays if s is not None)
