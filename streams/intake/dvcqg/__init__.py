"""What the province sends to the national portal (Cổng Dịch vụ công quốc gia), as events of its cases.

Messages ``DongBoHoSoMC`` (a case) and ``CapNhatTienDoHoSoMC`` (rows of its progress), with the fields of domain.md 4.3.
Persons do not pass: their fields are never read into an event, and what looks like an identity number in any other
becomes a keyed hash. A bad sync is shown as one (:mod:`streams.intake.dvcqg.hazards`), not repaired.
"""

from streams.intake.dvcqg.convert import Converted, convert

__all__ = ["Converted", "convert"]
