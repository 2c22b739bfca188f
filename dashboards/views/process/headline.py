"""The sentence above the processes: the first rule that applies, from the data alone, on two lines."""

from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, unknown, up_to
from dashboards.views.process.live import Processes
from dashboards.views.process.reader import StepsOfProcess
from dashboards.words import NB, number, procedure_name, small, tile_number, worked

LONG_NAME_EM = 22.0  # of a procedure or a step within the sentence


def headline(live: Processes) -> Sentence:
    """Silence; nothing in hand; where most cases stand, and where chains wait."""
    if (said_first := unknown(live, "các bước xử lý")) is not None:
        return said_first
    queue = sum(one.queue for one in live.procedures)
    if not live.procedures:
        return Sentence(Rule.NOTHING, (Words("Chưa có hồ sơ nào có thủ tục.", bold=True),))
    chains = _chains(live)
    if not queue:
        return Sentence(Rule.USUAL, fitting((Words("Không hồ sơ nào đang đứng ở bước nào", bold=True),), [chains, ()]))
    most = max(live.procedures, key=lambda one: one.queue)
    name = procedure_name(live.name(most.procedure), most.procedure, LONG_NAME_EM)
    said = Words(f"{tile_number(most.queue)}{NB}hồ sơ {small(name)} đang xử lý", bold=True)
    stands, oldest = _stands(most), _oldest(most, live)
    endings = [(*stands, *oldest), stands, oldest, chains, ()]
    return Sentence(Rule.BELOW, fitting((*up_to(live), said), endings))


def _stands(one: StepsOfProcess) -> tuple[Words, ...]:
    """Behind which step most of them are."""
    step = one.fullest
    if step is None or not step.name:
        return ()
    return (Words(f", {number(step.queue)} đã qua bước {small(step.name)}"),)


def _oldest(one: StepsOfProcess, live: Processes) -> tuple[Words, ...]:
    return () if one.oldest is None else (Words(f", lâu nhất {worked(live.worked(one.oldest))}"),)


def _chains(live: Processes) -> tuple[Words, ...]:
    waiting = [row for row in live.handovers if row.step is None and row.waiting]
    if not waiting:
        return ()
    total = sum(row.waiting for row in waiting)
    oldest = min((row.oldest for row in waiting if row.oldest is not None), default=None)
    aged = f", lâu nhất {worked(live.worked(oldest))}" if oldest is not None else ""
    return (Words(f"; liên thông chờ {number(total)}{NB}hồ sơ{aged}"),)
