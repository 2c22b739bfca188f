"""The views: one folder each, with all that is its own; what they share stands outside."""
