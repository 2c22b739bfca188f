"""The look-up guard at work: what it reads, what it writes, and who asks it. What it thinks is :mod:`streams.guard`."""
