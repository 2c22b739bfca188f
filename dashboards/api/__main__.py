"""``python -m dashboards.api``: serves the data API on 127.0.0.1 until told to stop."""

import logging

import uvicorn

from dashboards.api.app import create
from dashboards.api.settings import Settings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
    settings = Settings()  # type: ignore[call-arg]  # from the environment
    uvicorn.run(
        create(settings),
        host="127.0.0.1",  # until there is a sign-in
        port=settings.api_port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
        ws="none",
        server_header=False,
    )


if __name__ == "__main__":
    main()
