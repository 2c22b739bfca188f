"""``python -m dashboards.api``: serves the data API until told to stop."""

import logging

from dashboards.api.app import create
from dashboards.api.settings import ApiSettings
from dashboards.serving import serve


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
    settings = ApiSettings()  # type: ignore[call-arg]  # from the environment
    serve(create(settings), settings.api_port, settings, graceful_s=5)


if __name__ == "__main__":
    main()
