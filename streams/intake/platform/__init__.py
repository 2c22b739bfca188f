"""Looks at the data centre: probes and OpenMetrics endpoints become events of ``ioc.platform``."""
