"""``python -m infra.demo``: a small simulated province, so that a new installation has something to show.

Everything comes from source ``urn:ioc:simulated`` and is badged as such on every screen. No person occurs in it.
"""
