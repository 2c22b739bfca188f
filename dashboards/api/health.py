"""Whether the API and its database answer, for whoever watches it."""

from fastapi import FastAPI, Response

from dashboards.access.asker import PROCESS
from dashboards.api import answers, examples
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase


def add(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/healthz",
        operation_id="health",
        summary="Whether the API and its database answer.",
        response_model=answers.Health,
        responses=examples.problems(),
    )
    async def read_health() -> Response:
        async with database.snapshot_of(PROCESS) as (conn, _):
            await sources.position(conn)
        return Response(b'{"status":"ok"}', media_type="application/json", headers={"Cache-Control": "no-store"})
