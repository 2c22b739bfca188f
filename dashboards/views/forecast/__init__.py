"""The view forecast: see docs/adding-a-view.md."""
