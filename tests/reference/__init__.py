"""The rules of cases a second time, in plain Python, from the issue and DESIGN; shares no code with ``streams``."""
