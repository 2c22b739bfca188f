"""The look-up guard: what look-ups of the national population database look like when something is wrong. Pure."""
