"""Rows of an XES log (IEEE 1849-2016), read as a stream: an ``event`` is a row, with its ``trace``'s attributes.

Event-driven rather than by a tree: nothing has to be freed, and every event knows its line.
"""

from collections.abc import Callable, Iterator
from io import BufferedIOBase
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from streams.intake.gunzip import Broken
from streams.intake.lifecycle import INSTANCE, TRANSITION, taken
from streams.intake.mapping import Mapping
from streams.intake.rows import FIELDS, Rejection, Row

CHUNK = 65_536
MOST_HELD = 20_000  # events of one trace that wait for its end; of a longer one attributes must stand first
OF_TRACE = "case:"  # before the names of a trace's attributes, as in CSV exports of XES logs


class _Handler(ContentHandler):
    def __init__(self, mapping: Mapping, line: Callable[[], int | None]) -> None:
        super().__init__()
        self._now_at = line
        self.rows: list[Row] = []
        self._names = [getattr(mapping.columns, field) or "" for field in FIELDS]
        self._transition = mapping.columns.transition or TRANSITION
        instance = mapping.columns.instance or INSTANCE
        self._wanted = {self._transition, instance, *self._names}
        self._works = [name for name in (mapping.columns.step, mapping.columns.step_unit, instance) if name]
        self._time = mapping.columns.time or ""
        self._take = mapping.file.transitions
        self._held: list[tuple[int, dict[str, str]]] = []  # the trace's events: its attributes may follow them
        self._of_trace: dict[str, str] = {}
        self._of_event: dict[str, str] | None = None
        self._open: list[str] = []
        self._line = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        name = name.rpartition(":")[2]
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if name == "event":
            self._of_event = {}
            self._line = self.line
        elif name == "trace":
            self._of_trace = {}
        elif parent == "event" and self._of_event is not None:
            self._of_event[attrs.get("key", "")] = attrs.get("value", "")
        elif parent == "trace":
            self._of_trace[OF_TRACE + attrs.get("key", "")] = attrs.get("value", "")

    def endElement(self, name: str) -> None:
        name = self._open.pop()
        if name == "event" and self._of_event is not None:
            wanted = {key: value for key, value in self._of_event.items() if key in self._wanted}
            self._held.append((self._line, wanted))
            self._of_event = None
            if len(self._held) >= MOST_HELD or "trace" not in self._open:
                self.hand_on()
        elif name == "trace":
            self.hand_on()
            self._of_trace = {}

    def hand_on(self) -> None:
        """The events of the trace so far become rows."""
        transitions = [event.get(self._transition, "") for _, event in self._held]
        names = [tuple(event.get(name, "") for name in self._works) for _, event in self._held]
        for place, beginning in taken(self._take, list(zip(names, transitions, strict=True))):
            line, event = self._held[place]
            values = self._of_trace | event
            begun = "" if beginning is None else self._held[beginning][1].get(self._time, "")
            self.rows.append(Row(line, *[*(values.get(wanted, "") for wanted in self._names), begun]))
        self._held.clear()

    @property
    def line(self) -> int:
        return self._now_at() or 0


def read(raw: BufferedIOBase, mapping: Mapping) -> Iterator[Row | Rejection]:
    """A file that is not well-formed, or that declares entities, is read up to there; that line is rejected."""
    parser = create_parser()
    handler = _Handler(mapping, parser.getLineNumber)
    parser.setContentHandler(handler)
    try:
        while chunk := raw.read1(CHUNK):  # no more than there is: a gzip stream may break off
            parser.feed(chunk)
            yield from handler.rows
            handler.rows.clear()
        parser.close()
    except SAXParseException as exc:
        handler.hand_on()
        yield from handler.rows
        yield Rejection(exc.getLineNumber() or handler.line, "file", "not_well_formed")
    except Broken:
        handler.hand_on()
        yield from handler.rows
        raise
    except LookupError:
        yield Rejection(1, "file", "encoding_unknown")
    except DefusedXmlException:
        handler.hand_on()
        yield from handler.rows
        yield Rejection(handler.line, "file", "entities_forbidden")
