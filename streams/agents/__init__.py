"""The agents, one module a domain."""

from streams.agents import cases

__all__ = ["cases"]
