"""The addresses of the topics besides cases, and of the sources."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Path, Request, Response

from dashboards.access.asker import Right
from dashboards.api import cursors, examples, former_units, rights
from dashboards.api.answers import Answer, Days
from dashboards.api.cursors import Cursor
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.problems import ApiRefused, problem
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.counted_domains import OF_OWN_PAGES
from dashboards.periods import Period, PeriodName
from dashboards.readers import domains, losses, sources, subjects
from dashboards.readers.asked_database import AskedDatabase
from dashboards.views.topics import answers as topic_answers
from dashboards.views.topics.parameters import DomainName, SourcesQuery, SubjectsQuery, TopicFiguresQuery
from schemas.contracts import DOMAINS
from schemas.domain import Domain, Subject
from schemas.lookups import LOOKUP

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)
Of = Annotated[DomainName, Path(description="The topic's name in the registry.", examples=["task"])]


def add(app: FastAPI, database: AskedDatabase) -> None:
    """All of them, to the application."""
    _add_figures(app, database)
    _add_subjects(app, database)
    _add_sources(app, database)


def _subjects_of(domain: DomainName) -> Domain:
    """The topic, for one who may read what it has: directives are more than their number. Raises
    :class:`rights.NotGranted`."""
    if domain.value in OF_OWN_PAGES:
        rights.check(Right.DIRECTIVES)
    return DOMAINS[domain.value]


def _add_figures(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/topics/{domain}/figures",
        operation_id="topic_figures",
        summary="Every counter of a topic, in total or by unit, part or day.",
        response_model=topic_answers.TopicFigures,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_figures(
        request: Request, domain: Of, query: Annotated[TopicFiguresQuery, named(database, TopicFiguresQuery)]
    ) -> Response:
        known = DOMAINS[domain.value]
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await domains.read(conn, as_of, known, period, query.by, query.filters())
            former = await former_units.names(conn, [row.key for row in rows if query.by is domains.DomainBy.UNIT])
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = topic_answers.TopicFigures(
            **ground,
            domain=known.name,
            label=known.label,
            part=known.part,
            by=query.by,
            days=Days.of(period),
            counters=[topic_answers.CounterWords.of(counter) for counter in known.counters],
            rows=[topic_answers.TopicRow.of(row, former) for row in rows],
        )
        return respond(request, answer)


def _add_subjects(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/topics/{domain}/subjects",
        operation_id="topic_subjects",
        summary="A topic's subjects in the order of their keys, page by page.",
        description="Following `next_cursor` meets every subject that fits all the while exactly once. With `counter`"
        " the amounts of all pages add up to the figure.",
        response_model=topic_answers.Subjects,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_subjects(
        request: Request, domain: Of, query: Annotated[SubjectsQuery, named(database, SubjectsQuery)]
    ) -> Response:
        known = _subjects_of(domain)
        if query.counter is not None and all(query.counter != counter.name for counter in known.counters):
            raise ApiRefused("counter", "not one of this topic")
        if known is LOOKUP and (query.last_event_since is not None or query.standing is not None):
            raise ApiRefused("last_event_since" if query.standing is None else "standing", "not of look-ups")
        begun = cursors.read(query, known.name, cursors.SUBJECT)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            page = await subjects.page(
                conn,
                list_as_of,
                known,
                counter=query.counter,
                period=period,
                filters=query.filters(),
                standing=query.standing,
                last_event_since=query.last_event_since,
                subject=query.subject,
                after=begun.after if begun else "",
                limit=query.limit,
            )
            ground = Answer.ground(as_of, await sources.stream(conn))
        following = page.next_after
        answer = topic_answers.Subjects(
            **ground,
            domain=known.name,
            list_as_of=list_as_of,
            days=Days.of(period) if query.of_days or query.counter else None,
            subjects=[topic_answers.ListedSubject.counted(item) for item in page.items],
            next_cursor=None if following is None else cursors.write(Cursor(list_as_of, following), query, known.name),
        )
        return respond(request, answer)

    # A path, because keys hold slashes (percent-encoded or not).
    @app.get(
        "/api/v1/topics/{domain}/subjects/{subject:path}",
        operation_id="topic_subject",
        summary="One subject of a topic and its history.",
        response_model=topic_answers.OneSubject,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[needs(Right.CASES)],
    )
    async def read_subject(
        request: Request,
        domain: Of,
        subject: Annotated[
            Subject,
            Path(
                description="Percent-encoded. A key that a client would take for steps in a path (`..`): `?subject=`.",
                examples=["30/05/so-tu-phap"],
            ),
        ],
    ) -> Response:
        if request.query_params:
            raise ApiRefused("query", "unknown parameter")
        known = _subjects_of(domain)
        async with database.snapshot() as (conn, as_of):
            told = await subjects.get(conn, known, subject)
            ground = Answer.ground(as_of, await sources.stream(conn))
        if told is None:
            return problem(HTTPStatus.NOT_FOUND, "There is no subject of this key.")
        answer = topic_answers.OneSubject(
            **ground,
            domain=domain.value,
            subject=topic_answers.Subject.model_validate(told.subject),
            history=[topic_answers.SubjectEvent.model_validate(event) for event in told.events],
        )
        return respond(request, answer)


def _add_sources(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/sources",
        operation_id="sources",
        summary="Every source: its age, what it sent, and what was lost before it arrived.",
        response_model=topic_answers.Sources,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.OPERATIONS)],
    )
    async def read_sources(request: Request, query: Annotated[SourcesQuery, named(database, SourcesQuery)]) -> Response:
        async with database.snapshot() as (conn, as_of):
            first, last = query.compared(as_of)
            found = await losses.losses(conn, first, last)
            lost = [loss for loss in found if query.unit is None or loss.unit == query.unit]
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = topic_answers.Sources(
            **ground,
            days=Days.of(Period(PeriodName.BETWEEN, first, last)),
            losses=[topic_answers.Loss.of(loss) for loss in lost],
        )
        return respond(request, answer)
