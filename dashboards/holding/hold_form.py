"""The order as a form: what is held, how, for how long; filled in beforehand, and read back as a sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from uuid import uuid4

from dashboards.directives import frame
from dashboards.holding.proposals import MINUTES, USUAL, proposed_hold
from dashboards.holding.reader import FoundTarget
from dashboards.holding.words import MEASURES
from schemas.holds import Measure


@dataclass(frozen=True, slots=True)
class HoldForm:
    """As it was typed or proposed. ``after``: how many orders about the target were known; ``ends``: the moment that
    was read back, as ISO 8601, empty before."""

    id: str
    finding: str
    after: str
    measure: str
    minutes: str
    ends: str = ""

    @property
    def said(self) -> Measure | None:
        return Measure(self.measure) if self.measure in list(Measure) else None

    def ends_at(self, now: datetime) -> datetime | None:
        """What was read back; else by what was chosen, to the minute."""
        try:
            if self.ends:
                at = datetime.fromisoformat(self.ends)
                return at if at.tzinfo is not None else None
            minutes = int(self.minutes)
        except ValueError:
            return None
        if minutes not in MINUTES:
            return None
        at = now + timedelta(minutes=minutes)
        return at.replace(second=0, microsecond=0) + timedelta(minutes=1 if at.second or at.microsecond else 0)

    def fields(self) -> dict[str, str]:
        return {
            "lenh": self.id,
            "phat_hien": self.finding,
            "sau": self.after,
            "cach": self.measure,
            "phut": self.minutes,
            "den": self.ends,
        }


def proposed_form(found: FoundTarget, after: int) -> HoldForm:
    proposal = proposed_hold(found.scope, found.rule)
    measure, minutes = proposal if proposal is not None else ("", USUAL)
    return HoldForm(str(uuid4()), found.finding, str(after), str(measure), str(minutes))


def typed_form(given: Mapping[str, str]) -> HoldForm:
    return HoldForm(
        id=given.get("lenh", ""),
        finding=given.get("phat-hien", ""),
        after=given.get("sau", ""),
        measure=given.get("cach", ""),
        minutes=given.get("phut", ""),
        ends=given.get("den", ""),
    )


def length(minutes: int) -> str:
    return f"{minutes} phút" if minutes < 120 else f"{minutes // 60} giờ"


def body(form: HoldForm, whom: str) -> str:
    """``whom``: the target, which the form cannot change."""
    options = [(str(minutes), length(minutes)) for minutes in MINUTES]
    kept = frame.hidden(lenh=form.id, phat_hien=form.finding, sau=form.after, viec="doc")
    return (
        f'{kept}<p><span class="lab">Giữ lại</span><br><b>{escape(whom[:1].upper() + whom[1:])}</b></p>'
        + frame.picks("Cách giữ", "cach", [(str(one), words) for one, words in MEASURES.items()], form.measure)
        + frame.picks("Trong bao lâu, rồi tự kết thúc", "phut", options, form.minutes)
    )
