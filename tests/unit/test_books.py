"""No event may find a store without a place for it: that would stop the worker."""

from schemas.contracts import DOMAINS
from schemas.lookups import LOOKUP
from streams.folds.registry import FOLDED, FOLDS


def test_every_domain_has_a_fold_or_a_book_of_its_own() -> None:
    assert set(FOLDS) | {LOOKUP.name} == set(DOMAINS)
    assert dict(FOLDED) == {name: DOMAINS[name] for name in FOLDS}
