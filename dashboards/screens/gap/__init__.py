"""Own figures beside the national portal's: the wall, and units and cases on the tablet."""
