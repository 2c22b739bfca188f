"""The verbs of ``ioc`` in the order of its help, and the line that each has there: listing them loads none of them."""

from typing import NamedTuple


class Verb(NamedTuple):
    """``module`` of ``infra.cli`` has its ``register(app)``. ``says``: the first paragraph of its own help. A ``group``
    has verbs of its own."""

    module: str
    says: str
    group: bool = False


VERBS = {
    "up": Verb(
        "up",
        "Start Kafka, TimescaleDB, the workers, the screens, the data API and the gateway, and keep them running.",
    ),
    "down": Verb("down", "Stop the processes of this home, and its Kafka and TimescaleDB."),
    "status": Verb("status", "Say what runs and whether it is ready; exit code 0 either way."),
    "import": Verb(
        "import_log",
        "Import a file: the event log of a case-processing system, a table of any topic, or a filled-in template.",
    ),
    "templates": Verb(
        "templates",
        "Write the report templates for units: communications, training, staffing, data sets, tasks.",
    ),
    "probe": Verb("probe", "Look once at every system of platform.toml, and print what was seen."),
    "ingest": Verb("ingest", "Take in what other systems have recorded or exported.", group=True),
    "figures": Verb(
        "figures",
        "Print every counter, in total, by channel and by unit, and what each source has sent.",
    ),
    "check": Verb(
        "check",
        "Hold cases that were reckoned by hand against this installation's calendar, hours and rules: a value a line.",
    ),
    "audit": Verb("audit", "Compare everything with everything, in one snapshot, and print what differs."),
    "forecast": Verb(
        "forecast",
        "Print how many open cases are due tomorrow and at risk, by unit, and how good the forecasts were.",
    ),
    "guard": Verb("guard", "Campaigns of look-ups that are announced. docs/guard.md.", group=True),
    "drill": Verb(
        "drill",
        "Play an attack on the look-ups in a simulated home, as it happens, and say when the guard saw it.",
    ),
    "dead-letters": Verb(
        "dead_letters",
        "Records that could not be processed: what was wrong with them, and sending them again.",
        group=True,
    ),
    "reference": Verb(
        "reference",
        "Reference data: units, departments, procedures, services, sectors, plans, the working calendar.",
        group=True,
    ),
    "sources": Verb(
        "sources",
        "Who may send events to the gateway, and what: a token a source. docs/sources.md says how to send.",
        group=True,
    ),
    "accounts": Verb("accounts", "Who may sign in, and as what. docs/access.md says what each sees.", group=True),
    "record": Verb("record", "Who did what, and whether the record is whole. docs/access.md.", group=True),
    "keys": Verb("keys", "Programs that may ask the data API: a key each. docs/access.md.", group=True),
    "devices": Verb(
        "devices", "Screens on walls that were let in: who they are, and ending one. docs/access.md.", group=True
    ),
    "simulate": Verb(
        "simulate",
        "Play a simulated province into the running system: cases, look-ups, data sets, tasks, platform, portal,"
        " outreach.",
    ),
    "logs": Verb("logs", "Print the last lines of what a process wrote, or of all."),
    "stack": Verb("stack", "Start, stop or look at the home's private Kafka and TimescaleDB alone.", group=True),
    "setup": Verb("setup", "Prepare everything that `ioc up` needs, and start nothing."),
    "reset": Verb("reset", "Delete all data of this home: events, cases, figures, topics and logs. Asks first."),
}
