"""What a developer or CI may tell the tests, by IOC_TEST_* variables."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent
LIGHT_JAVA = "-XX:TieredStopAtLevel=1"  # a broker of a test lives too shortly for its code to be worth compiling well


class SuiteSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_TEST_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path | None = Field(default=None, description="A home to use and leave running: saves the start each time.")
    data: Path = Field(default=REPOSITORY.parent / "shared/data", description="The public sample logs.")
    no_skip: bool = Field(
        default=False, validation_alias="IOC_CI_NO_SKIP", description="CI: a skipped test is a failed one."
    )
    write_schema: bool = Field(
        default=False, description="Write infra/db/schema.sql instead of comparing (make schema)."
    )
    seed: int | None = Field(default=None, description="Repeats a run of the random tests; without it each run is new.")
    examples: int = Field(
        default=50,
        ge=1,
        description="Random histories in test_any_order, each in 6 orders; of each API route, a tenth.",
    )
    holds: int = Field(default=24, ge=8, description="Orders in test_holds; the issue's own run has 1000.")


def replace_environment(variables: Mapping[str, str]) -> None:
    """Of a process that was forked, by one of its own, as a started program is given it."""
    os.environ.clear()  # noqa: TID251  (for the settings that are read from it)
    os.environ.update(variables)  # noqa: TID251
