"""20,000 random inputs over the gateway and the adapter behind it; a million by ``python -m tests.fuzz``."""

import secrets

import pytest
from starlette.requests import Request
from starlette.responses import Response

from streams.intake.gateway.app import Gateway
from tests.fuzz.inputs import Maker
from tests.fuzz.run import InProcess, Leak
from tests.settings import SuiteSettings

INPUTS = 20_000


@pytest.mark.timeout(600)
async def test_no_input_crashes_the_gateway_or_comes_back(suite: SuiteSettings) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"IOC_TEST_SEED={seed}")
    seen = await InProcess().run(Maker(seed).inputs(INPUTS))

    assert seen.inputs == INPUTS
    assert seen.taken > INPUTS / 20, "so few were taken that nothing is shown"
    assert max(seen.statuses) < 500


async def test_a_gateway_that_quotes_its_input_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself: with an answer that repeats a path, the fuzzer must not pass."""

    async def quotes(_self: Gateway, request: Request) -> Response:
        return Response(await request.body(), 404)

    monkeypatch.setattr(Gateway, "dvcqg", quotes)
    with pytest.raises(Leak, match="a value of it came back"):
        await InProcess().run(Maker(1).inputs(500))
