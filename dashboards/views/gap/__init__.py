"""The view gap: see docs/adding-a-view.md."""
