"""Random input over the gateway and the adapters of files and endpoints: ``python -m tests.fuzz --inputs 1000000``;
20,000 in CI (integration/test_fuzz.py, unit/test_fuzz_workbooks.py)."""
