"""``python -m tests.fuzz --inputs N [--seed S]``: prints the seed first, so that a finding can be repeated."""

import argparse
import asyncio
import json
import secrets
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.files import FileMaker, seeds
from tests.fuzz.inputs import Maker
from tests.fuzz.run import InProcess
from tests.fuzz.run_files import Files

FILES = 0.15  # of the inputs; the others are requests
SHOW_EVERY = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = secrets.randbits(32) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    files = round(given.inputs * FILES)
    with TemporaryDirectory() as folder:
        read = Files(Path(folder)).run(FileMaker(seed, seeds()).inputs(files), SHOW_EVERY)
    asked = asyncio.run(InProcess().run(Maker(seed).inputs(given.inputs - files), SHOW_EVERY))
    print(
        json.dumps(
            {
                "inputs": asked.inputs + read.inputs,
                "seconds": round(time.monotonic() - began, 1),
                "requests": asked.inputs,
                "records": asked.taken,
                "answers": dict(sorted(asked.statuses.items())),
                "files": read.inputs,
                "files_with_events": dict(sorted(read.taken.items())),
                "files_refused": dict(sorted(read.refused.items())),
                "rejections": read.rejections,
            }
        )
    )


if __name__ == "__main__":
    main()
