"""The pages besides cases: one builder for all of them, from their declarations in ``dashboards.topics``."""
