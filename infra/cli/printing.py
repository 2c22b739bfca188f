"""Tables on standard output. Nothing of them is cut: a terminal folds what is too long for it, a pipe or a file gets
every row on one line."""

from rich.console import Console
from rich.table import Table

WIDE = 100_000  # letters; no row is as long


def print_table(table: Table) -> None:
    """Its cells are data: what looks like markup in them is written as it is."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    for column in table.columns:
        column.overflow = "fold"
    console.print(table, markup=False)
