"""What an address of these pages asks for, read and written in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.views.process import CASES, CHAINS, CHAINS_CASES, VIEW
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from dashboards.views.process.reader import Reason
from schemas.case_portal import Chain

PARTS: Mapping[str, process.ProcessPart] = {
    "ket-thuc": process.ProcessPart.ENDED,
    "qua-buoc": process.ProcessPart.PASSED,
    "lam-lai": process.ProcessPart.AGAIN,
    "quay-lai": process.ProcessPart.LOOPED,
    "cach-di": process.ProcessPart.VARIANT,
    "dang-dung": process.ProcessPart.QUEUE,
}
REASONS: Mapping[str, Reason] = {
    "bo-sung": Reason.SUPPLEMENT,
    "lien-thong": Reason.CHAIN,
    "lam-lai": Reason.REPEATED,
}
CHAIN_PARTS: Mapping[str, chains.ChainPart] = {
    "dang-cho": chains.ChainPart.WAITING,
    "chua-nhan": chains.ChainPart.NOT_RECEIVED,
    "da-qua": chains.ChainPart.THROUGH,
}
GROUPS: Mapping[str, Chain] = {"khai-sinh": Chain.BIRTH, "khai-tu": Chain.DEATH}
WAYS = "cach-di"
_WRONG = "phần, lý do hoặc nhóm trong địa chỉ không đúng"


def word_of(words: Mapping[str, object], value: object) -> str | None:
    return next((word for word, known in words.items() if known == value), None)


@dataclass(frozen=True, slots=True)
class ProcessAddress:
    """A procedure's page, or the cases behind one of its numbers; ``ways``: its second half."""

    view: Selection
    procedure: str
    ways: bool = False
    part: process.ProcessPart = process.ProcessPart.ENDED
    step: str | None = None
    reason: Reason | None = None
    variant: str | None = None

    def page(self, page: int = 1, *, ways: bool | None = None) -> str:
        seen = WAYS if (self.ways if ways is None else ways) else None
        return self._at(VIEW.tablet, page, xem=seen)

    def cases(self, page: int = 1) -> str:
        return self._at(
            VIEW.at(CASES),
            page,
            so=word_of(PARTS, self.part),
            buoc=None if self.step is None else links.unit_word(self.step),
            cach=self.variant,
            **{"ly-do": word_of(REASONS, self.reason)},
        )

    def of(
        self,
        part: process.ProcessPart,
        step: str | None = None,
        reason: Reason | None = None,
        variant: str | None = None,
    ) -> str:
        """The cases behind another number."""
        return replace(self, part=part, step=step, reason=reason, variant=variant).cases()

    def of_api(self) -> dict[str, str | None]:
        """The cases as the data API calls them, without the days."""
        return {
            "procedure": self.procedure,
            "part": self.part,
            "step": self.step,
            "reason": self.reason,
            "variant": self.variant,
            "unit": self.view.unit,
        }

    def reads(self, period: Period) -> process.ProcessQuestion:
        view = self.view
        return process.ProcessQuestion(
            self.procedure, period, view.unit, self.part, self.step, self.reason, self.variant
        )

    def _at(self, path: str, page: int, **more: str | None) -> str:
        named = {"thu-tuc": links.unit_word(self.procedure), "trang": str(page) if page > 1 else None}
        return links.dated(path, self.view, **named, **more)


def asked_of(view: Selection, query: Mapping[str, str]) -> ProcessAddress:
    """Raises :class:`links.BadAddress`."""
    part, reason = query.get("so", "ket-thuc"), query.get("ly-do")
    step, variant = links.unit_of(query.get("buoc")), query.get("cach")
    needs_step = part in ("qua-buoc", "lam-lai") and not step
    seen = query.get("xem")
    if (
        part not in PARTS
        or (seen and seen != WAYS)
        or (reason and reason not in REASONS)
        or needs_step
        or (part == WAYS and not variant)
    ):
        raise links.BadAddress(_WRONG)
    procedure = links.unit_of(query.get("thu-tuc")) or ""
    return ProcessAddress(
        view, procedure, seen == WAYS, PARTS[part], step, REASONS[reason] if reason else None, variant
    )


@dataclass(frozen=True, slots=True)
class ChainsAddress:
    """The page of both groups, or the cases behind a number of a hand-over."""

    view: Selection
    chain: Chain | None = None
    part: chains.ChainPart = chains.ChainPart.WAITING
    step: str | None = None
    agency: str | None = None

    def page(self, page: int = 1) -> str:
        return links.dated(VIEW.at(CHAINS), self.view, trang=str(page) if page > 1 else None)

    def cases(self, page: int = 1) -> str:
        return links.dated(
            VIEW.at(CHAINS_CASES),
            self.view,
            nhom=word_of(GROUPS, self.chain),
            so=word_of(CHAIN_PARTS, self.part),
            buoc=self.step,
            trang=str(page) if page > 1 else None,
            **{"co-quan": None if self.agency is None else links.unit_word(self.agency)},
        )

    def of_api(self) -> dict[str, str | None]:
        """The cases as the data API calls them, without the days."""
        named = {"chain": self.chain, "part": self.part, "step": self.step, "agency": self.agency}
        return {**named, "unit": self.view.unit}

    def reads(self, period: Period) -> chains.ChainsQuestion:
        return chains.ChainsQuestion(period, self.chain, self.view.unit, self.part, self.step, self.agency)


def chains_asked_of(view: Selection, query: Mapping[str, str]) -> ChainsAddress:
    """Raises :class:`links.BadAddress`."""
    part, chain = query.get("so", "dang-cho"), query.get("nhom")
    if part not in CHAIN_PARTS or (chain and chain not in GROUPS):
        raise links.BadAddress(_WRONG)
    agency = links.unit_of(query.get("co-quan"))
    return ChainsAddress(view, GROUPS[chain] if chain else None, CHAIN_PARTS[part], query.get("buoc"), agency)
