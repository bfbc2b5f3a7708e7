"""Why a request has no seat, as everybody may read it."""

from typing import NamedTuple

from tourpool.routing.plan import PlanRequest, ReasonKind


class Why(NamedTuple):
    """The kind of a reason, and a sentence with figures."""

    kind: str
    text: str


_NEEDS = Why("no bus that fits its needs", "The sheet Requests of the schedule says more.")
"""That somebody of a school uses a wheelchair is nobody's business but the coordinator's."""


def full_reason(request: PlanRequest) -> Why:
    """The reason as the plan has it; empty when it has none."""
    reason = request.reason
    return Why(reason.kind.value, sentence(reason.text)) if reason else Why("", "")


def public_reason(request: PlanRequest) -> Why:
    """The reason without a word of wheelchairs, for the map."""
    why = full_reason(request)
    is_private = request.reason is not None and request.reason.kind is ReasonKind.NO_WHEELCHAIR
    return _NEEDS if is_private or "wheelchair" in why.text.lower() else why


def sentence(text: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) or not text else ".")
