"""Characters that nobody sees and that change what is read. No name may hold one, no terminal obeys one."""

import re

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{TURNING}]")
