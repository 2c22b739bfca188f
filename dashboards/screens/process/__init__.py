"""The tablet's pages of processes: a procedure's steps and ways, and the hand-overs of interlinked cases."""
