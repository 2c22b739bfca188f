"""Random input over every way in: ``python -m tests.fuzz --inputs 1000000``; 20,000 in CI (tests/integration/test_fuzz.py)."""
