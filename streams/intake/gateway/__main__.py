"""``python -m streams.intake.gateway``: takes events in on 127.0.0.1 until told to stop."""

import uvicorn

from streams.intake.gateway.app import create
from streams.intake.gateway.connections import bounded
from streams.intake.gateway.logs import set_up
from streams.intake.gateway.settings import GatewaySettings


def main() -> None:
    settings = GatewaySettings()  # type: ignore[call-arg]  # from the environment
    set_up(settings.log_level)
    uvicorn.run(
        create(settings),
        host="127.0.0.1",  # a reverse proxy with TLS stands in front of it
        port=settings.gateway_port,
        loop="uvloop",
        http=bounded(settings.gateway_connections, settings.gateway_client_s),
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=8,
        ws="none",
        server_header=False,
    )


if __name__ == "__main__":
    main()
