"""Which of PostgreSQL's errors pass by themselves, and what a verb says of each."""

import psycopg
import pytest

from dashboards.readers.database import driver_errors
from infra.cli.faults import told as what_is_said
from infra.cli.terminal import database_asked
from infra.errors import OperatorError
from schemas.sqlstates import NotRead, disk_full, passes
from streams.errors import Retry
from streams.store import wrapped

PASSING = [
    psycopg.errors.AdminShutdown,
    psycopg.errors.CannotConnectNow,
    psycopg.errors.ConnectionFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.DiskFull,
    psycopg.errors.IdleInTransactionSessionTimeout,
    psycopg.errors.InvalidPassword,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.SerializationFailure,
    psycopg.errors.TooManyConnections,
    psycopg.errors.lookup("25P04"),  # the transaction took too long
    psycopg.OperationalError,  # the driver's own: no connection
    psycopg.InterfaceError,
]
BROKEN = [
    psycopg.errors.SyntaxError,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.DatatypeMismatch,
    psycopg.errors.DivisionByZero,
    psycopg.errors.UniqueViolation,
    psycopg.errors.InFailedSqlTransaction,
    psycopg.errors.DataCorrupted,
    psycopg.errors.StatementTooComplex,  # the driver counts it among its OperationalErrors
    psycopg.errors.ExternalRoutineException,
    psycopg.ProgrammingError,  # the driver's own: a parameter too few
    psycopg.DataError,
]


@pytest.mark.parametrize("kind", PASSING)
async def test_what_passes_is_tried_again(kind: type[psycopg.Error]) -> None:
    assert passes(kind("its words"))
    with pytest.raises(Retry, match=f"database: {kind.__name__}"):
        async with wrapped():
            raise kind("its words")


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_broken_query_is_not_the_database_being_away(kind: type[psycopg.Error]) -> None:
    assert not passes(kind("its words"))
    with pytest.raises(kind):
        async with wrapped():
            raise kind("its words")


def said(exc: Exception) -> str:
    with pytest.raises(OperatorError) as told, database_asked():
        raise exc
    return str(told.value)


def test_a_verb_tells_a_database_that_is_away_from_one_that_refuses_a_query() -> None:
    assert "does not answer (AdminShutdown)" in said(psycopg.errors.AdminShutdown("x"))
    broken = said(psycopg.errors.SyntaxError("near 079123456789"))
    assert "refused a query" in broken
    assert "SyntaxError 42601" in broken
    assert "test_sqlstates.py" in broken
    assert "079123456789" not in broken, "the driver's words quote rows"
    assert "`ioc up` migrates it" in said(psycopg.errors.UndefinedTable("x"))


REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction, psycopg.errors.QueryCanceled)


@pytest.mark.parametrize("kind", [*REFUSED, psycopg.errors.AdminShutdown, psycopg.errors.DiskFull])
def test_what_a_reader_was_refused_is_the_sentence_that_any_verb_says(kind: type[psycopg.Error]) -> None:
    try:
        with driver_errors():
            raise kind("near 079123456789")
    except NotRead as exc:
        read = exc

    sentence = what_is_said(read) or ""

    assert sentence == said(read)
    assert sentence.startswith("the d")
    assert kind.__name__ in sentence
    assert "079123456789" not in sentence
    direct, name = what_is_said(kind("near 079123456789")) or "", kind.__name__
    assert direct.partition(name)[0] == sentence.partition(name)[0], "also where no reader was between"


def test_a_question_that_was_given_up_is_told_from_a_database_that_is_away() -> None:
    assert "gave the question up (QueryCanceled)" in said(psycopg.errors.QueryCanceled("x"))
    assert "gave the question up (LockNotAvailable)" in said(psycopg.errors.LockNotAvailable("x"))


def test_a_full_disk_is_said_as_such_also_where_another_error_was_raised_from_it() -> None:
    full = psycopg.errors.DiskFull("x")
    assert "disk of the database is full" in said(full)
    outer = Retry("database: DiskFull")
    outer.__cause__ = full
    assert disk_full(outer)
    assert not disk_full(psycopg.errors.OutOfMemory("x"))
    assert not disk_full(None)
