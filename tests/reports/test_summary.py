"""What the terminal shows."""

from collections.abc import Callable

from rich.console import Console

from tourpool.reports.summary import summary
from tourpool.routing.plan import Plan


def printed(plan: Plan) -> str:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(summary(plan))
    return capture.get()


def test_each_session_and_all_of_them_have_their_figures(plan: Plan) -> None:
    text = printed(plan)
    row = next(line for line in text.splitlines() if "Two campuses" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "Two campuses in a day",
        "Tue 2027-03-09",
        "40 of 52",
        "1",
        "102",
        "$412.35",
    ]
    assert "84 of 96" in text
    assert "$811.11" in text  # 412.3456 + 398.76
    assert "Times and miles are estimated" in text


def test_names_are_not_taken_for_markup(change: Callable[..., Plan]) -> None:
    assert "[red]Spring[/red]" in printed(change(season="[red]Spring[/red]"))
