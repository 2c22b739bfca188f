"""Books: the tables in which the events, states and rollups of a domain are kept; one module a way of keeping them."""
