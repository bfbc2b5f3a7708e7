"""Example rows of the template that are still in a season: are they, or were they typed over."""

from collections.abc import Iterator, Mapping

from tourpool.events.problems import Problem, ReadError
from tourpool.events.reading.columns import Column
from tourpool.events.reading.examples import EXAMPLE_ROWS
from tourpool.events.reading.headers import Sheet
from tourpool.events.reading.tables import EXAMPLE, NOTE


def changed_examples(sheets: Mapping[str, Sheet]) -> list[Problem]:
    """Rows that are skipped as examples though somebody typed in them."""
    text = (
        f"this row was typed over and is not read, as its note begins with {EXAMPLE}; "
        "delete the note to have it read, or else the row"
    )
    return [
        Problem(sheet.file, int(number), NOTE, text)
        for sheet in sheets.values()
        for number, cells in zip(
            sheet.examples.index, sheet.examples.to_dict("records"), strict=True
        )
        if not _is_example(sheet, {str(name): cell for name, cell in cells.items()})
    ]


def only_examples(season: str, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Tables that hold nothing else, while others are filled; for policy that is as it should be.

    Parameters
    ----------
    season
        What messages call the season.
    sheets
        By name of the table.
    """
    bare = [
        name
        for name, sheet in sheets.items()
        if name != "policy" and sheet.frame.empty and not sheet.examples.empty
    ]
    if bare:
        text = (
            f"nothing but example rows stands in {', '.join(bare)}; they count as empty: "
            "delete the example rows if they are, fill them in if not"
        )
        yield Problem(season, None, "", text)


def _is_example(sheet: Sheet, cells: Mapping[str, object]) -> bool:
    columns = {name: column for name, column in sheet.table.columns.items() if name in cells}
    found = {name: _read(column, cells[name]) for name, column in columns.items()}
    return any(
        found == {name: _read(column, row.get(name)) for name, column in columns.items()}
        for row in EXAMPLE_ROWS[sheet.table.name]
    )


def _read(column: Column, cell: object) -> object:
    try:
        return None if cell is None else column.read(cell)
    except ReadError:
        return cell
