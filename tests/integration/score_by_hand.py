"""The tables of docs/score-by-hand.md, and what they tell as events."""

import json
from collections.abc import Iterator
from typing import Any

from tests.settings import REPOSITORY

UNIT = "so-tu-phap"
ROW = dict[str, str]


def table(first: str) -> list[ROW]:
    """The rows of the table whose first heading with a name this is."""
    rows: list[list[str]] = []
    for line in (REPOSITORY / "docs/score-by-hand.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            if rows and next(name for name in rows[0] if name) == first:
                break
            rows = []
        else:
            rows.append(cells)
    head, _, *body = rows
    return [dict(zip(head, cells, strict=True)) for cells in body]


def code_of(case: str) -> str:
    return f"H19.26-261001-{case}"


def case_events() -> list[bytes]:
    return [json.dumps(event, ensure_ascii=False).encode() for event in _cases()]


def _cases() -> Iterator[dict[str, Any]]:
    for row in table("case"):
        said = {"unit": UNIT, "channel": row["channel"], "procedure": row["procedure"]}
        yield _case(row["case"], "accepted", f"{row['accepted']}T08:00", {**said, "due_on": row["due"]})
        at = row["accepted"]
        if row["on the portal"] == "yes":
            yield _case(
                row["case"], "synced", f"{at}T09:00", {"message": "DongBoHoSoMC", "sent_status": 2, "answer": "taken"}
            )
        if row["paid"]:
            amount, way = row["paid"].split()
            yield _case(row["case"], "paid", f"{at}T09:05", {"online": way == "online", "amount_vnd": int(amount)})
        if row["digitised"]:
            papers, reused, result = row["digitised"].split()
            told = {"papers": int(papers), "reused": int(reused), "result": result == "yes"}
            yield _case(row["case"], "digitised", f"{at}T09:10", told)
        if row["population"] == "yes":
            yield _case(row["case"], "data_used", f"{at}T09:15", {"database": "CSDLQGDC", "fields": 6, "ok": True})
        if row["ended"]:
            yield _case(row["case"], "finished", f"{row['ended']}T10:00", {"unit": UNIT})
        if row["rating"]:
            yield _case(row["case"], "rated", f"{row['ended']}T11:00", {"score": int(row["rating"])})
    said = {"unit": UNIT, "channel": "online", "procedure": "9.000001"}
    yield _case("11", "submitted", "2026-10-14T08:00", {"channel": "online", "procedure": "9.000001"})
    yield _case("11", "refused", "2026-10-15T08:00", {"unit": UNIT, "reason_given": True})
    yield _case("12", "accepted", "2026-10-21T08:00", {**said, "due_on": "2026-10-28"})
    yield _case("12", "voided", "2026-10-22T08:00", {})
    # Another unit's, on which nothing of the page depends.
    yield _case("99", "accepted", "2026-10-21T08:00", {**said, "unit": "so-y-te", "due_on": "2026-10-22"})


def _case(case: str, kind: str, at: str, data: dict[str, Any]) -> dict[str, Any]:
    return _event(f"case.{kind}", code_of(case), at, data)


def _event(kind: str, subject: str, at: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{subject}/{kind}",
        "source": "urn:test:by-hand",
        "type": f"{kind}.v1",
        "subject": subject,
        "time": f"{at}:00+07:00",
        "data": data,
    }


def portal_events() -> Iterator[dict[str, Any]]:
    for row in table("petition"):
        due = {"due_on": row["due"]} if row["due"] else {}
        yield _event(
            "petition.received", row["petition"], f"{row['received']}T08:00", {"unit": UNIT, "kind": "staff", **due}
        )
        if row["answered"]:
            yield _event("petition.answered", row["petition"], f"{row['answered']}T08:00", {})
            rating = {"likes": int(row["likes"]), "dislikes": int(row["dislikes"])}
            yield _event("petition.rated", row["petition"], f"{row['answered']}T09:00", rating)
    for row in table("published by the portal"):
        component, period = row["published by the portal"], row["period"]
        amounts = {"numerator": int(row["numerator"]), "denominator": int(row["denominator"])}
        data = {"unit": UNIT, "period": period, "component": component, **amounts}
        yield _event("portal.published", f"{UNIT}/{period}/{component}", "2026-11-03T08:00", data)


def procedures() -> str:
    """As a reference file."""
    head = "code,name,level,online,fee,valid_from,confidence"
    rows = [[row["procedure"], "Thủ tục", row["level"], row["online"], row["fee"]] for row in table("procedure")]
    return "\n".join([head, *(",".join([*cells, "2022-01-06", "memory"]) for cells in rows), ""])
