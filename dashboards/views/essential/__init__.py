"""The view essential: see docs/adding-a-view.md."""
