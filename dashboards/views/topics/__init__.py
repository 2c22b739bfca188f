"""The view topics: see docs/adding-a-view.md."""
