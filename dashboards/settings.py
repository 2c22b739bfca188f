"""What the operator may set of the screens, from ``IOC_*`` variables. Built once, in ``__main__``, and passed down."""

from datetime import time, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboards import source_names
from dashboards.access.oidc_settings import OidcSettings
from dashboards.access.settings import AccessSettings
from dashboards.score_settings import ScoreSettings
from schemas.cases import SIMULATED
from schemas.province_clock import ClockOffset


class Feed(BaseModel):
    """How a source behaves while it is well: a record within ``rhythm``; none within ``bound`` of its hours is silence.

    No public source gives these for any system, so each is the operator's own and "chưa kiểm chứng" until confirmed.
    ``closes`` of 00:00 is the end of the day. Weekdays from 0 (Monday); the working calendar comes before them, but a
    source that runs on all seven runs on holidays too. ``main``: without it the screen's figures are
    not to be trusted, so its silence takes them off the screen; another's is only marked.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    name: str = Field(max_length=16, description="As the top bar writes it.")
    topic: str = Field(default="", description="The contract's name where it holds for one topic; else for all.")
    rhythm: timedelta = timedelta(seconds=60)
    bound: timedelta = timedelta(minutes=5)
    opens: time = time(7, 0)
    closes: time = time(17, 30)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    tail: timedelta = Field(
        default=timedelta(hours=1),
        description="How long before it closes its last record may have come without being missed: work tapers off.",
    )
    main: bool = True


ALWAYS = Feed(
    source=SIMULATED,
    name="Một cửa",
    topic="cases",
    rhythm=timedelta(seconds=20),
    bound=timedelta(seconds=120),
    opens=time(0),
    closes=time(0),
    weekdays=frozenset(range(7)),
)
RESTS = ALWAYS.model_copy(update={"opens": time(7, 30), "closes": time(17, 0), "weekdays": frozenset({0, 1, 2, 3, 4})})


def _at_any_hour(topic: str, name: str, rhythm: timedelta, bound: timedelta) -> Feed:
    hours = Feed(source="", name=name, opens=time(0), closes=time(0), weekdays=frozenset(range(7)))
    return hours.model_copy(update={"topic": topic, "rhythm": rhythm, "bound": bound})


# What is told by hand or once a month has a rhythm of days; own choice, "chưa kiểm chứng".
BY_TOPIC = (
    Feed(source="", name="Nhật ký", topic="lookups", rhythm=timedelta(minutes=5), bound=timedelta(hours=1)),
    _at_any_hour("platform", "Giám sát", timedelta(minutes=75), timedelta(hours=6)),
    _at_any_hour("tasks", "Tổ thư ký", timedelta(days=7), timedelta(days=31)),
    _at_any_hour("datasets", "Sở, ngành", timedelta(days=31), timedelta(days=62)),
    _at_any_hour("portal", "Cổng", timedelta(days=7), timedelta(days=45)),
    _at_any_hour("outreach", "Các đơn vị", timedelta(days=7), timedelta(days=45)),
)


class FeedSettings(BaseSettings):
    """What the command line must know of them too."""

    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    feeds: tuple[Feed, ...] = Field(default=(ALWAYS,), description="What is known of the sources, as JSON.")


class ScreensSettings(ScoreSettings, FeedSettings, AccessSettings, OidcSettings):
    database_screens: SecretStr = Field(description="URL of the database with the rights of the role `screens`.")
    home: Path | None = Field(default=None, description="Where our own PostgreSQL keeps its data, if it is ours.")
    port: int = Field(default=8050, ge=0, le=65535)
    clock_offset_s: ClockOffset = 0
    hosts: frozenset[str] = Field(
        default=frozenset({"127.0.0.1", "localhost"}),
        description="Names under which a browser may ask; others are refused.",
    )

    essential_low: float = Field(
        default=0.03,
        gt=0,
        le=1,
        description="Online share below which an essential service is very low: those that the notice of 31/01/2024"
        " names are below 3 %.",
    )
    on_time_target: float = Field(
        default=0.98,
        gt=0,
        le=1,
        description="Share of cases finished on time: plan of 2026, at least 98 % (KH 10/KH-UBND).",
    )
    on_time_target_verified: bool = Field(default=True, description="False writes 'chưa kiểm chứng' beside the target.")
    pulled_down_from: float = Field(
        default=0.005, description="A fall of the on-time rate that the sentence names; own choice."
    )
    pulled_down_until: float = Field(
        default=0.004, description="Below it the sentence lets go again, so that it does not flicker."
    )
    pulled_down_share: float = Field(default=0.8, description="How much of the fall the named units must explain.")
    pulled_down_units: int = Field(default=4, ge=1, le=4)

    simulated_rests: bool = Field(
        default=False, description="The simulated cases come in office hours alone, as those of `ioc up --demo` do."
    )
    other_feeds: Feed = Field(
        default=Feed(source="", name=""), description="Rhythm, bound and hours of a source not named above."
    )
    topic_feeds: tuple[Feed, ...] = Field(
        default=BY_TOPIC,
        description="Name, rhythm, bound and hours of a topic's sources that feeds does not name.",
    )
    finished_stays: float = Field(
        default=1.0,
        ge=0,
        description="For how many of its own working days what is finished (closed days, months, the score) stays on"
        " screen after a source has fallen silent; own choice.",
    )
    processing_silent_after: timedelta = timedelta(seconds=15)
    audit_every: timedelta = timedelta(minutes=5)

    look_every: timedelta = Field(
        default=timedelta(milliseconds=500), description="How often the hub asks whether data changed."
    )
    refresh_every: timedelta = Field(
        default=timedelta(seconds=5), description="How often ages and silence are looked at anew."
    )
    offline_after: timedelta = Field(
        default=timedelta(seconds=15), description="Without a snapshot a browser says it is offline."
    )
    hanging_after: timedelta = Field(
        default=timedelta(seconds=8),
        description="Without an answer to our own reading every screen says that it hangs; well below offline_after.",
    )
    views: int = Field(
        default=40, ge=1, description="How many different selections (screen, period, unit) a client may watch at once."
    )
    openings_kept: timedelta = timedelta(days=7)

    def feed(self, source: str, topic: str = "cases") -> Feed:
        """What is known of a source on a topic (its contract's name): by name, else what holds for the topic, else for
        all others."""
        for known in self.feeds:
            if known.source == source and known.topic in ("", topic):
                return RESTS if self.simulated_rests and known == ALWAYS else known
        for known in self.topic_feeds:
            if known.topic == topic:
                return known.model_copy(update={"source": source})
        name = source_names.known(source) or source_names.key(source)[:16] or source[:16]
        return self.other_feeds.model_copy(update={"source": source, "name": name})
