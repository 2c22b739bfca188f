"""The view process: see docs/adding-a-view.md."""
