"""Which ecosystems adjoin, and whose schools may come to an event."""

from collections.abc import Iterable

import networkx as nx

from tourpool.events.occasions import Event, OpenTo
from tourpool.events.places import Ecosystem


def adjacency(ecosystems: Iterable[Ecosystem]) -> "nx.Graph[str]":
    """Return the graph of ecosystems: an edge where one of two names the other."""
    ecosystems = list(ecosystems)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(e.ecosystem_id for e in ecosystems)
    for e in ecosystems:
        graph.add_edges_from((e.ecosystem_id, a) for a in e.adjacent if a in graph)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def invited(graph: "nx.Graph[str]", event: Event) -> frozenset[str]:
    """Return the ecosystems whose schools may come to an event."""
    if event.open_to is OpenTo.ALL:
        return frozenset(graph)
    own = frozenset({event.ecosystem_id})
    if event.open_to is OpenTo.OWN or event.ecosystem_id not in graph:
        return own
    return own | frozenset(graph[event.ecosystem_id])


def symmetric(ecosystems: Iterable[Ecosystem]) -> tuple[Ecosystem, ...]:
    """Return the ecosystems with adjacency said on both sides, in the order of the rows."""
    ecosystems = list(ecosystems)
    graph = adjacency(ecosystems)
    return tuple(
        e.model_copy(update={"adjacent": tuple(n for n in graph if n in graph[e.ecosystem_id])})
        for e in ecosystems
    )
