"""The registry of indicators, as the data API gives it."""

from typing import Annotated

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboards.access.asker import Right
from dashboards.api import examples
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.indicators import all_indicators


class Indicator(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    key: Annotated[str, Field(description="domain.name; unique.")]
    group: Annotated[str, Field(description="As the screens write it.")]
    label: Annotated[str, Field(description="As the screens write it.")]
    unit: Annotated[str, Field(description="What is counted.")]
    kind: Annotated[str, Field(description="Whether it adds up over days, or where its figure comes from.")]
    definition: Annotated[str, Field(description="What it means, in Vietnamese.")]
    article: Annotated[str | None, Field(description="Where its rule is from; null: it is counted as it is told.")]
    verified: Annotated[bool, Field(description="false: chưa kiểm chứng, no official text of it was read.")]
    figure: Annotated[str, Field(description="The address of this API that answers it, from /api/v1 on.")]
    listed: Annotated[bool, Field(description="Whether its number opens a list.")]


class Indicators(BaseModel):
    indicators: list[Indicator]


def answer() -> Indicators:
    return Indicators(indicators=[Indicator.model_validate(one) for one in all_indicators()])


GOOD: dict[str, BaseModel] = {"/api/v1/indicators": Indicators(indicators=answer().indicators[:3])}


def add(app: FastAPI) -> None:
    """To the application."""

    @app.get(
        "/api/v1/indicators",
        operation_id="indicators",
        summary="Every indicator with its definition, article and the address of its figure.",
        response_model=Indicators,
        responses=examples.NOT_CHANGED | examples.problems(),
        dependencies=[needs(Right.FIGURES)],
    )
    async def read_indicators(request: Request) -> Response:
        return respond(request, answer())
