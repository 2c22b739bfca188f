"""The view score: see docs/adding-a-view.md."""
