"""What will be late: the wall, and both lists on the tablet."""
