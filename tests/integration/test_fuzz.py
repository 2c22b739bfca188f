"""20,000 random inputs over the gateway and the adapters; a million by ``python -m tests.fuzz``."""

import secrets
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from streams.intake.errors import IntakeError
from streams.intake.gateway.app import Gateway
from streams.intake.tables.reading import TableReading
from tests.fuzz.files import FileMaker, seeds
from tests.fuzz.inputs import Maker
from tests.fuzz.run import InProcess, Leak
from tests.fuzz.run_files import Files
from tests.settings import SuiteSettings

REQUESTS = 17_000
FILES = 3_000


@pytest.mark.timeout(600)
async def test_no_input_crashes_the_gateway_or_comes_back(suite: SuiteSettings) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"IOC_TEST_SEED={seed}")
    seen = await InProcess().run(Maker(seed).inputs(REQUESTS))

    assert seen.inputs == REQUESTS
    assert seen.taken > REQUESTS / 20, "so few were taken that nothing is shown"
    assert max(seen.statuses) < 500


async def test_a_gateway_that_quotes_its_input_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself: with an answer that repeats a path, the fuzzer must not pass."""

    async def quotes(_self: Gateway, request: Request) -> Response:
        return Response(await request.body(), 404)

    monkeypatch.setattr(Gateway, "dvcqg", quotes)
    with pytest.raises(Leak, match="a value of it came back"):
        await InProcess().run(Maker(1).inputs(500))


@pytest.mark.timeout(600)
def test_no_file_crashes_an_adapter_or_comes_back(suite: SuiteSettings, tmp_path: Path) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"IOC_TEST_SEED={seed}")
    seen = Files(tmp_path).run(FileMaker(seed, seeds()).inputs(FILES))

    assert seen.inputs == FILES
    for kind in (".csv", ".json", ".txt", ".xes", ".xlsx"):
        assert seen.taken[kind] > 0, f"nothing was taken of any {kind}, so nothing is shown"


def test_an_adapter_that_quotes_its_file_is_found_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def quotes(self: TableReading) -> object:
        raise IntakeError(self._path.read_text("utf-8", "replace"))

    monkeypatch.setattr(TableReading, "events", quotes)
    with pytest.raises(Leak, match="a value of it came back"):
        Files(tmp_path).run(FileMaker(1, seeds()).inputs(200))
