"""Runs the rest: the local stack, migrations, topics, supervision and the ``ioc`` command."""
