"""From an event as its contract gives it to an entry as its history holds it: one module a way of holding."""
