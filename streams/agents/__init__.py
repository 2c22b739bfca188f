"""The agents: how records come from Faust into the lanes."""

from streams.agents import spans

__all__ = ["spans"]
