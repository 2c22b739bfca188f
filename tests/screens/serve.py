"""The screens' own server at a clock of its own: ``python -m tests.screens.serve PORT URL START_EPOCH_SECONDS``."""

import logging
import sys
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from dashboards.app import create
from dashboards.serving import serve
from dashboards.settings import ScreensSettings


def main(port: str, url: str, start: str) -> None:
    logging.basicConfig(level=logging.INFO)
    offset = datetime.fromtimestamp(float(start), UTC) - datetime.now(UTC) if float(start) else timedelta()
    settings = ScreensSettings(database_screens=SecretStr(url), port=int(port))  # who signs in: by the environment
    serve(create(settings, lambda: datetime.now(UTC) + offset), int(port), settings, graceful_s=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
