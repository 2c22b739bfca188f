"""How an export names things, from ``layout.toml`` beside this or a file of the operator's."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from streams import toml_text
from streams.intake.errors import IntakeError
from streams.intake.headers import same
from streams.intake.mapping import not_usable
from streams.intake.mapping_words import one_meaning_each

Names = tuple[Annotated[str, Field(min_length=1)], ...]
CODE = re.compile(r"[A-Z][A-Z0-9_]{2,79}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LayoutFigures(_Part):
    unit: Names
    period: Names = ()
    year: Names = ()
    quarter: Names = ()
    month: Names = ()
    component: Names = ()
    service: Names = ()
    numerator: Names = ()
    denominator: Names = ()
    score: Names = ()
    published_on: Names = ()


class LayoutPetitions(_Part):
    code: Names
    unit: Names
    kind: Names
    received: Names
    due_on: Names = ()
    answered: Names = ()
    published: Names = ()
    likes: Names = ()
    dislikes: Names = ()


class Pair(_Part):
    component: Annotated[str, Field(pattern=CODE.pattern)]
    numerator: str
    denominator: str


def _distinct(names: dict[str, Names]) -> dict[str, Names]:
    one_meaning_each(names)
    return names


class Layout(_Part):
    figures: LayoutFigures
    petitions: LayoutPetitions
    petition_kinds: Annotated[dict[str, Names], AfterValidator(_distinct)] = {}
    components: Annotated[dict[Annotated[str, Field(pattern=CODE.pattern)], Names], AfterValidator(_distinct)] = {}
    pair: tuple[Pair, ...] = ()

    @cached_property
    def _components(self) -> Mapping[str, str]:
        return {same(name): code for code, names in self.components.items() for name in (code, *names)}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {same(name): code for code, names in self.petition_kinds.items() for name in (code, *names)}

    def component(self, text: str) -> str | None:
        """The code of a component by its code, number or name; a code that is not known here is one all the same."""
        return self._components.get(same(text)) or (text if CODE.fullmatch(text) is not None else None)

    def petition_kind(self, text: str) -> str:
        """The contract's word, else as it came."""
        return self._kinds.get(same(text), text)

    def found(self, headings: Iterable[str]) -> "LayoutFound":
        """Which of the headings are which."""
        by_name = {same(heading): heading for heading in headings}
        code = _first(self.petitions.code, by_name)
        part: LayoutFigures | LayoutPetitions = self.petitions if code is not None else self.figures
        names = {field: _first(getattr(part, field), by_name) for field in type(part).model_fields}
        pairs = {
            name: by_name[same(name)]
            for pair in self.pair
            for name in (pair.numerator, pair.denominator)
            if same(name) in by_name
        }
        known = {field: heading for field, heading in names.items() if heading is not None}
        return LayoutFound(known, pairs, petitions=code is not None)


class LayoutFound:
    """The headings of one file that mean something, by field; and those of the pairs, by their name in the layout."""

    def __init__(self, fields: Mapping[str, str], pairs: Mapping[str, str], *, petitions: bool) -> None:
        self.fields = fields
        self.pairs = pairs
        self.petitions = petitions

    @property
    def usable(self) -> bool:
        """Whether rows with these headings can say anything."""
        if self.petitions:
            return {"unit", "kind", "received"} <= set(self.fields)
        of_one = {"component", "numerator", "denominator"} <= set(self.fields)
        return "unit" in self.fields and (of_one or bool(self.pairs))


def _first(names: Names, by_name: Mapping[str, str]) -> str | None:
    return next((by_name[same(name)] for name in names if same(name) in by_name), None)


def load(path: Path | None) -> Layout:
    """The operator's file, or ours. Raises :class:`IntakeError` with every fault and its place."""
    own = files("streams.intake.portal").joinpath("layout.toml")
    try:
        text = own.read_text("utf-8") if path is None else path.read_text("utf-8-sig")
        return Layout.model_validate(toml_text.loads(text))
    except OSError as exc:
        raise IntakeError(f"cannot read the layout {path}: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise IntakeError(f"the layout {path} is not in UTF-8") from exc
    except tomllib.TOMLDecodeError as exc:
        raise IntakeError(f"the layout {path} is not TOML: {exc}") from exc
    except ValidationError as exc:
        raise IntakeError(not_usable(exc, f"the layout {path}")) from exc
