"""The XML of a workbook's parts, read as a stream. Names come without their prefixes and namespaces, so that both
variants of the format (transitional and strict, ISO/IEC 29500) are one."""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

CHUNK = 65_536
LONGEST_TAG = 1 << 20  # bytes; expat holds a tag as a whole


class PartBroken(Exception):
    """The part cannot be read any further."""


class XmlPart:
    """Base of a reader of one part: override what is wanted."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, said: str) -> None: ...

    def read(self, stream: IO[bytes]) -> Iterator[None]:
        """Yields after each piece of the stream. Raises :class:`PartBroken`, at document types too: nobody needs one,
        and their entities are a way to ask for memory."""
        parser = _parser(self)
        fed = 0
        try:
            while chunk := stream.read(CHUNK):
                fed += len(chunk)
                parser.Parse(chunk, False)
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise PartBroken
                yield
            parser.Parse(b"", True)
        except (ExpatError, LookupError, ValueError) as exc:  # the latter two: of encodings
            raise PartBroken from exc
        yield

    def read_whole(self, stream: IO[bytes]) -> None:
        for _ in self.read(stream):
            pass


def _parser(part: XmlPart) -> XMLParserType:
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _without_prefix(part.start)
    parser.EndElementHandler = _without_prefix(part.end)
    parser.CharacterDataHandler = part.text
    return parser


def _without_prefix(handle: Callable[..., None]) -> Callable[..., None]:
    def handler(name: str, *more: object) -> None:
        handle(name.rpartition(":")[2] if ":" in name else name, *more)

    return handler


def _refuse(*_: object) -> None:
    raise PartBroken
