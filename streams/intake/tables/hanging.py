"""What a refused row leaves hanging: the progress of a task whose assignment could not be read counts for nobody."""

from streams.intake.outgoing import Outgoing

# What has to be said of a subject before anything else of it counts, by what its types begin with.
OPENS = {"task": "task.assigned.v1", "campaign": "campaign.planned.v1", "petition": "petition.received.v1"}
RULE = "hangs_on_a_rejected_row"
MOST = 100_000  # subjects that are remembered of one file


class Hanging:
    """Of one file. Its rows in order: what is refused first and then said rightly hangs no more."""

    def __init__(self) -> None:
        self._refused: set[bytes] = set()

    def refused(self, type_: str, subject: bytes) -> None:
        if type_ in OPENS.values() and len(self._refused) < MOST:
            self._refused.add(subject)

    def hangs(self, event: Outgoing) -> bool:
        """Whether an event that was made belongs to something that was not."""
        if event.kind in OPENS.values():
            self._refused.discard(event.key)
            return False
        return event.key in self._refused and event.kind.partition(".")[0] in OPENS
