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

from streams.intake.gunzip import BrokenGzip
from streams.intake.lifecycle import INSTANCE, TRANSITION, taken
from streams.intake.mapping import Mapping
from streams.intake.rows import FIELDS, LogRow, Rejection
from streams.intake.xlsx_xml import LONGEST_TAG

CHUNK = 65_536
MOST_HELD = 20_000  # events of one trace that wait for its end; of a longer one attributes must stand first
MOST_TEXT = 10_000_000  # characters of these events' values, with the same consequence
LONGEST_VALUE = (
    4_096  # characters that are kept of a value: more than any field may have, so it is rejected all the same
)
OF_TRACE = "case:"  # before the names of a trace's attributes, as in CSV exports of XES logs


class _Handler(ContentHandler):
    def __init__(self, mapping: Mapping, line: Callable[[], int | None]) -> None:
        super().__init__()
        self._now_at = line
        self.rows: list[LogRow] = []
        self._names = [getattr(mapping.columns, field) or "" for field in FIELDS]
        self._transition = mapping.columns.transition or TRANSITION
        instance = mapping.columns.instance or INSTANCE
        self._wanted = {self._transition, instance, *self._names}
        self._of_traces = {name for name in self._names if name.startswith(OF_TRACE)}
        self._text = 0
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
            if (key := attrs.get("key", "")) in self._wanted:
                self._of_event[key] = attrs.get("value", "")[:LONGEST_VALUE]
                self._text += len(self._of_event[key])
        elif parent == "trace" and (key := OF_TRACE + attrs.get("key", "")) in self._of_traces:
            self._of_trace[key] = attrs.get("value", "")[:LONGEST_VALUE]

    def endElement(self, name: str) -> None:
        name = self._open.pop()
        if name == "event" and self._of_event is not None:
            self._held.append((self._line, self._of_event))
            self._of_event = None
            if len(self._held) >= MOST_HELD or self._text >= MOST_TEXT or "trace" not in self._open:
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
            self.rows.append(LogRow(line, *[*(values.get(wanted, "") for wanted in self._names), begun]))
        self._held.clear()
        self._text = 0

    @property
    def line(self) -> int:
        return self._now_at() or 0


def read(raw: BufferedIOBase, mapping: Mapping) -> Iterator[LogRow | Rejection]:
    """A file that is not well-formed, that declares entities, or has a tag that is longer than anybody's, is read up to
    there; that line is rejected. (Expat holds a tag as a whole and looks through it anew with every piece.)"""
    parser = create_parser()
    handler = _Handler(mapping, parser.getLineNumber)
    parser.setContentHandler(handler)
    fed = 0
    try:
        while chunk := raw.read1(CHUNK):  # no more than there is: a gzip stream may break off
            parser.feed(chunk)
            yield from handler.rows
            handler.rows.clear()
            fed += len(chunk)
            if fed - parser._parser.CurrentByteIndex > LONGEST_TAG:
                handler.hand_on()
                yield from handler.rows
                yield Rejection(handler.line, "file", "tag_too_long")
                return
        parser.close()
    except SAXParseException as exc:
        handler.hand_on()
        yield from handler.rows
        yield Rejection(exc.getLineNumber() or handler.line, "file", "not_well_formed")
    except BrokenGzip:
        handler.hand_on()
        yield from handler.rows
        raise
    except LookupError:
        yield Rejection(1, "file", "encoding_unknown")
    except DefusedXmlException:
        handler.hand_on()
        yield from handler.rows
        yield Rejection(handler.line, "file", "entities_forbidden")
