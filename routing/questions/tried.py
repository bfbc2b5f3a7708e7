"""What relaxations of one kind, or of two kinds at once, come to for a request."""

from collections.abc import Collection
from dataclasses import replace
from itertools import product

from tourpool.routing.questions.least import Found, Missing, Search
from tourpool.routing.questions.relax_two import Both, pairs
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.questions.relaxations import Family, families

Tried = tuple[list[Found], bool]
"""What was found, and whether that is all there is."""


def one(search: Search, family: Family) -> Tried:
    """What each member comes to."""
    if family.more is not None:
        useless = search.useless(family.more(search.season))
        if useless is not None:
            return [], useless.known
    found: list[Found] = []
    known = True
    for relaxation in family.members:
        if search.stop.now:
            return found, False
        result = search.find(relaxation)
        if isinstance(result, Missing):
            known &= result.known
        else:
            known &= result.least
            found.append(result)
    return found, known


def two(search: Search, over: Collection[str]) -> Tried:
    """What two of different kinds come to; sessions ``over`` are not to be had any more.

    Beside another session it is what could be relaxed there: other days, other limits.
    """
    season, request_id = search.season, search.request_id
    kinds = families(season, season.request[request_id], over)
    both = [p for p in pairs(kinds) if Kind.SESSION not in (p[0].kind, p[1].kind)]
    for session in (m for f in kinds if f.kind is Kind.SESSION for m in f.members):
        there = session.relaxed(season, 1)
        others = families(there, there.request[request_id], over)
        alone = Family(Kind.SESSION, (session,))
        both += [(f, alone) for f in others if f.kind is not Kind.SESSION]
    found: list[Found] = []
    known = True
    for first, second in both:
        some, all_there_is = _both(search, first, second)
        found += some
        known &= all_there_is
    return found, known


def _both(search: Search, first: Family, second: Family) -> Tried:
    """What each member of one kind comes to beside each of another one."""
    if search.stop.now:
        return [], False
    useless = search.useless(second.at_most(first.at_most(search.season)))
    if useless is not None:
        return [], useless.known
    firsts, all_firsts = _of_use(search, first, second)
    seconds, all_seconds = _of_use(search, second, first)
    found: list[Found] = []
    known = all_firsts and all_seconds
    for a, b in product(firsts, seconds):
        if search.stop.now:
            return found, False
        result = search.find(Both(a, b, b.most))
        if isinstance(result, Found):
            result = _turned(search, result)
        if isinstance(result, Missing):
            known &= result.known
        else:
            found.append(result)
    return found, known


def _of_use(search: Search, family: Family, beside: Family) -> tuple[list[Relaxation], bool]:
    """Members that could be enough with all of another kind; whether the others surely are not."""
    if len(family.members) == 1:
        return list(family.members), True
    of_use: list[Relaxation] = []
    known = True
    for relaxation in family.members:
        if search.stop.now:
            return of_use, False
        most = relaxation.relaxed(search.season, relaxation.most)
        useless = search.useless(beside.at_most(most))
        if useless is None:
            of_use.append(relaxation)
        else:
            known &= useless.known
    return of_use, known


def _turned(search: Search, found: Found) -> Found | Missing:
    """Of two that are more or less, the second one as little as the first one allows.

    Neither can be less then, but for more of the other: that is not the least.
    """
    both = found.relaxation
    if not isinstance(both, Both) or not both.trades:
        return found
    if search.stop.now:
        return Missing(known=False)
    result = search.find(both.turned(found.amount))
    return replace(result, least=False) if isinstance(result, Found) else Missing(known=False)
