"""``ioc simulate`` and ``ioc up --demo``: a seeded province, its events on every topic, and the truth beside them.

What happens is a pure function of the seed and the day. Only ``send`` and ``check`` touch a server. Everything comes
from source ``urn:ioc:simulated`` and is badged as such on every screen. No person occurs in it.
"""
