"""The data API for units and their systems: the same figures, lists and cases as on the screens. Its own process."""
