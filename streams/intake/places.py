"""Where in a workbook a rejection belongs: its sheet, cell and heading."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.intake.headers import Wanted, same
from streams.intake.identity_hashing import looks_like_identity
from streams.intake.rows import Rejection
from streams.intake.xlsx_cells import Fault
from streams.intake.xlsx_sheet import letters_of

UNNAMED = "…"  # a sheet whose name may be a person's number
COLUMNS = "columns."  # before a field, in the places of a log's mapping


@dataclass(slots=True)
class FilePlaces:
    """Of the columns of one sheet, once its header has been found; of other files it knows nothing. A column is known
    by its heading and by the field that the mapping has for it."""

    sheet: str = ""
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)  # heading and letters
    unread: list[int] = field(default_factory=list)  # lines of which all that is said stands in no column that is read

    def note(self, sheet: str, header: Sequence[str], wanted: Wanted) -> None:
        names = [same(name) for name in header]
        self.sheet = UNNAMED if looks_like_identity(sheet) else sheet
        for place, heading in wanted.items():
            if heading is not None:
                found = (heading, letters_of(names.index(same(heading)) + 1))
                self.columns[heading] = self.columns[place.removeprefix(COLUMNS)] = found

    def at(self, one: Rejection) -> Rejection:
        """The rejection with its place, as far as it is known."""
        if not self.sheet:
            return one
        heading, letters = self.columns.get(one.column or one.field, (one.column, ""))
        return one._replace(sheet=self.sheet, column=heading, cell=f"{letters}{one.line}" if letters else "")

    def faults(self, line: int, wanted: Wanted, values: Sequence[str]) -> list[Rejection]:
        """A rejection for each wanted cell of a row of which nothing could be taken."""
        return [
            self.at(Rejection(line, place.removeprefix(COLUMNS), value.rule, heading or ""))
            for (place, heading), value in zip(wanted.items(), values, strict=True)
            if isinstance(value, Fault)
        ]
