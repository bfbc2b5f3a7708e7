"""Name, tag and colour of each bus: the letter tells them apart, the colour only helps."""

from tourpool.routing.plan import Block, PlaceKind, Plan

COLOURS = (
    "#0060a8",  # blue
    "#b3400a",  # burnt orange
    "#00704e",  # green
    "#882255",  # wine
    "#6b5800",  # olive
    "#5b3fa0",  # violet
    "#0f6f80",  # teal
    "#333333",  # near black
)
"""After Okabe and Ito's and Tol's colour-blind-safe sets, darkened to 4.5:1 on white."""


def tag(k: int) -> str:
    """Letters for the k-th bus, as spreadsheets name columns: A ... Z, AA, AB ..."""
    letters = ""
    k += 1
    while k:
        k, rest = divmod(k - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def tags(plan: Plan) -> dict[str, str]:
    """Tag of each block by block_id, in the order of the plan's blocks."""
    return {b.block_id: tag(k) for k, b in enumerate(plan.blocks)}


def colours(plan: Plan) -> dict[str, str]:
    """Colour of each block by block_id; eight in a row differ."""
    return {b.block_id: COLOURS[k % len(COLOURS)] for k, b in enumerate(plan.blocks)}


def bus_name(plan: Plan, block: Block) -> str:
    """What people call the bus: its number and its garage."""
    return f"Bus {block.bus_number}, {plan.place[PlaceKind.GARAGE, block.garage_id].name}"
