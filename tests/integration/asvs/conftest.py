"""One product for all of these tests: starting it takes longer than they do."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.home import Home
from tests.conftest import own_database
from tests.integration.asvs.centre import Centre, centre
from tests.integration.sample_province import play, tell


@pytest.fixture(scope="session")
def running(home: Home, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder: Path = tmp_path_factory.mktemp("asvs")
    with own_database(home, template_database) as database:
        asyncio.run(play(database.streams, tell()))
        with centre(database, folder) as found:
            yield found


@pytest.fixture(autouse=True)
def _nobody_has_guessed(running: Centre) -> None:
    """All tests ask from one address, which waits after forty wrong passwords."""
    running.write("DELETE FROM access_attempt")
