"""Plans garbled at random: something in them changed, dropped or doubled."""

import json
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from tourpool.routing.plan import Plan


def garbled(plan: Plan, data: st.DataObject) -> Plan | None:
    """The plan with one to four things garbled; None when it is no plan any more."""
    content = json.loads(plan.model_dump_json())
    for _ in range(data.draw(st.integers(1, 4))):
        garble(content, data)
    try:
        return Plan.model_validate(content)
    except ValidationError:
        return None  # whoever reads it says so


def garble(content: Any, data: st.DataObject) -> None:
    """Change, drop or double one thing somewhere in a plan, in its blocks mostly."""
    node: Any = content
    key: Any = data.draw(st.sampled_from(("blocks", "blocks", *content)))  # int for a list
    while isinstance(node[key], dict | list) and node[key] and data.draw(st.integers(0, 9)):
        node = node[key]
        keys = [k for k in node if k != "line"] if isinstance(node, dict) else range(len(node))
        key = data.draw(st.sampled_from(list(keys)))
    if isinstance(node, list) and data.draw(st.booleans()):
        node.insert(key, node[key])
    elif isinstance(node, list) and data.draw(st.booleans()):
        del node[key]
    elif isinstance(node[key], int):
        node[key] = data.draw(st.integers(-3, 3) | st.sampled_from((10**30, -(10**30))))
    elif isinstance(node[key], str):
        words = ("near", "far", "morning", "lot", "college", "school", "return", "nobody", "")
        node[key] = data.draw(st.sampled_from(words))
    else:
        node[key] = data.draw(st.sampled_from((None, [], {})))
