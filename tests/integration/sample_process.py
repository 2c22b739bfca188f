"""Some hundred random cases of two procedures: steps, some done again, requests, payments, chains that come back."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.integration.sample_province import event

UNITS = ("Phường Trấn Biên", "Sở Tư pháp")
PROCEDURES = ("1.001", "2.002")
STEPS = ("Kiểm tra hồ sơ", "Thẩm định hồ sơ", "Trình lãnh đạo ký", "Đóng dấu, vào sổ")
AGENCIES = ("cong-an-tinh", "bao-hiem-xa-hoi")
CHAIN = {"birth": ("thuong-tru", "the-bhyt"), "death": ("xoa-thuong-tru", "mai-tang-phi")}
ENDS = ("finished", "finished", "finished", "returned", "refused", "stopped", None, None, None)
BEGIN = datetime(2024, 3, 4, 1, tzinfo=UTC)


def case(number: int, chance: Random) -> list[bytes]:
    """Events of one case, in order, of which some stand at the same moment."""
    code, told = f"H19.19-2403{number // 100:02}-{number:04}", list[bytes]()
    at, unit = BEGIN + timedelta(hours=chance.randrange(24 * 40), minutes=chance.randrange(60)), chance.choice(UNITS)

    def tell(kind: str, **data: Any) -> None:
        nonlocal at
        told.append(event(code, f"{number}.{len(told)}", kind, at, **data))
        at += timedelta(minutes=chance.choice((0, 7, 45, 300, 1_500, 9_000)))

    if chance.random() < 0.05:
        tell("step", unit=unit, name=STEPS[0])  # before anybody accepted it
    if chance.random() < 0.96:
        tell("accepted", unit=unit, channel="online", procedure=chance.choice(PROCEDURES))
    chain = chance.choice(tuple(CHAIN)) if chance.random() < 0.5 else None
    for step in STEPS[: chance.randrange(5)]:
        for _ in range(2 if chance.random() < 0.15 else 1):
            tell("step", unit=chance.choice(UNITS), name=step)
        _between(tell, chance, unit, chain)
    ending = chance.choice(ENDS)
    if ending is not None:
        tell(ending, unit=unit)
        if chance.random() < 0.3:
            tell("step", unit=unit, name=STEPS[1])  # after the end
    if chance.random() < 0.03:
        tell("voided")
    return told


def _between(tell: Any, chance: Random, unit: str, chain: str | None) -> None:
    lot = chance.random()
    if lot < 0.12:
        tell("supplement_requested", unit=unit)
        if chance.random() < 0.8:
            tell("supplement_received", unit=unit)
    elif lot < 0.18:
        tell("suspended", unit=unit, status=chance.choice((5, 6, 8, None)))
        tell("resumed", unit=unit)
    if chain is None or lot < 0.3:
        return
    step, agency = chance.choice(CHAIN[chain]), chance.choice(AGENCIES)
    tell("chain_step", chain=chain, step=step, agency=unit, to=agency, state="sent")
    for state in chance.choice(
        ((), ("received",), ("received", "done"), ("done",), ("received", "returned"), ("failed",))
    ):
        tell("chain_step", chain=chain, step=step, agency=agency, state=state)


def cases(count: int, seed: int) -> list[bytes]:
    """In a random order."""
    chance = Random(seed)
    told = [one for number in range(count) for one in case(number, chance)]
    chance.shuffle(told)
    return told


def as_json(told: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told]
