"""``python -m infra.simulate.receiving``: the reference receiver of holding orders, as a simulated home runs it."""

import logging
from base64 import b64decode
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.simulate.hold_receiver import HoldBook, HoldHandler, server
from schemas.province_clock import ClockOffset, ProvinceClock


class ReceiverSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore", hide_input_in_errors=True)

    receiver_file: Path = Field(description="What it has taken.")
    receiver_port: int = Field(description="On this machine alone.")
    receiver_secret: SecretStr = Field(description="whsec_…, that of the centre.")
    clock_offset_s: ClockOffset = 0


def main(handler: type[HoldHandler] = HoldHandler, books: type[HoldBook] = HoldBook) -> None:
    settings = ReceiverSettings()  # type: ignore[call-arg]  # from the environment
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s %(message)s")
    clock = ProvinceClock(settings.clock_offset_s)
    book = books(settings.receiver_file, lambda: clock().timestamp())
    words = settings.receiver_secret.get_secret_value().split()
    keys = [b64decode(word.removeprefix("whsec_")) for word in words]
    server(settings.receiver_port, book, keys, handler).serve_forever()


if __name__ == "__main__":
    main()
