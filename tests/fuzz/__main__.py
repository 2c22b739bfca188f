"""``python -m tests.fuzz --inputs N [--seed S]``: prints the seed first, so that a finding can be repeated."""

import argparse
import asyncio
import json
import secrets
import time

from tests.fuzz.inputs import Maker
from tests.fuzz.run import InProcess


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = secrets.randbits(32) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    seen = asyncio.run(InProcess().run(Maker(seed).inputs(given.inputs), show_every=50_000))
    print(
        json.dumps(
            {
                "inputs": seen.inputs,
                "seconds": round(time.monotonic() - began, 1),
                "records": seen.taken,
                "answers": dict(sorted(seen.statuses.items())),
            }
        )
    )


if __name__ == "__main__":
    main()
