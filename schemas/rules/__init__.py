"""The rules by which cases are judged: pure, dated, each with its article (docs/rules.md)."""

# Advisory lock of the database: shared while a span is folded and written, whole while a load makes a new edition.
RULES_LOCK = 7106_0602
