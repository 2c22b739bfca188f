"""``python -m dashboards``: serves the screens until told to stop."""

import logging

from dashboards.app import create
from dashboards.serving import serve
from dashboards.settings import ScreensSettings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes a line for each question to the provider
    settings = ScreensSettings()  # type: ignore[call-arg]  # from the environment
    serve(create(settings), settings.port, settings, graceful_s=1)  # event streams never end by themselves


if __name__ == "__main__":
    main()
