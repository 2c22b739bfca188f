"""Where Kafka and the database are: a home's own, or somebody else's by ``IOC_KAFKA`` and ``IOC_DATABASE``."""

from dataclasses import dataclass

from pydantic import SecretStr

from infra.errors import OperatorError
from infra.home import Home
from infra.settings import Settings

DATABASE = "ioc"
LOGINS = ("migrate", "streams", "screens", "api", "access", "units")


@dataclass(frozen=True, slots=True, repr=False)
class DatabaseUrls:
    """One database, as each of its roles. These hold passwords: never log them."""

    migrate: str
    streams: str
    screens: str
    api: str
    access: str
    units: str


@dataclass(frozen=True, slots=True)
class Endpoints:
    kafka: str
    database: DatabaseUrls
    own_kafka: bool
    own_database: bool


def own_url(home: Home, login: str, database: str = DATABASE) -> str:
    """A database of the home's own PostgreSQL, as ``login``. Secrets are URL-safe, so they stand as they are."""
    port = home.ports["postgres"]
    return f"postgresql://{login}:{home.secret(login)}@127.0.0.1:{port}/{database}"


def own_urls(home: Home, database: str = DATABASE) -> DatabaseUrls:
    return DatabaseUrls(*(own_url(home, login, database) for login in LOGINS))


def endpoints(home: Home, settings: Settings) -> Endpoints:
    """What ``IOC_KAFKA`` and ``IOC_DATABASE`` point to; else the home's own."""
    kafka = settings.kafka or f"127.0.0.1:{home.ports['kafka']}"
    database = own_urls(home) if settings.database is None else _outside(settings, settings.database)
    return Endpoints(kafka, database, own_kafka=settings.kafka is None, own_database=settings.database is None)


def _outside(settings: Settings, migrate: SecretStr) -> DatabaseUrls:
    urls = {
        "IOC_DATABASE_STREAMS": settings.database_streams,
        "IOC_DATABASE_SCREENS": settings.database_screens,
        "IOC_DATABASE_API": settings.database_api,
        "IOC_DATABASE_ACCESS": settings.database_access,
        "IOC_DATABASE_UNITS": settings.database_units,
    }
    missing = [name for name, url in urls.items() if url is None]
    if missing:
        raise OperatorError(f"IOC_DATABASE is set, so {', '.join(missing)} must be too: each process has its own login")
    return DatabaseUrls(migrate.get_secret_value(), *(url.get_secret_value() for url in urls.values() if url))
