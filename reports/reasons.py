"""Why a request has no seat, as everybody may read it."""

from typing import NamedTuple

from tourpool.routing.plan import PlanRequest, Reason, ReasonKind


class Why(NamedTuple):
    """The kind of a reason, and a sentence with figures."""

    kind: str
    text: str


NEEDS = Why("no bus that fits its needs", "The sheet Requests of the schedule says more.")
"""That somebody of a school uses a wheelchair is nobody's business but the coordinator's."""


def full_reason(request: PlanRequest) -> Why:
    """The reason as the plan has it; empty when it has none."""
    reason = request.reason
    return Why(reason.kind.value, sentence(reason.text)) if reason else Why("", "")


def public_reason(request: PlanRequest) -> Why:
    """The reason without a word of wheelchairs, for the map."""
    return NEEDS if is_private(request.reason) else full_reason(request)


def is_private(reason: Reason | None) -> bool:
    """Whether it speaks of wheelchairs, and so of somebody."""
    if reason is None:
        return False
    return reason.kind is ReasonKind.NO_WHEELCHAIR or "wheelchair" in reason.text.lower()


def sentence(text: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) or not text else ".")
