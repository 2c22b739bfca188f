"""``python -m tests.fuzz --inputs N [--seed S]``: prints the seed first, so that a finding can be repeated. N inputs
over gateway and adapters, and beside them N cells of known workbooks and some broken ones."""

import argparse
import asyncio
import json
import secrets
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.broken_workbooks import BrokenWorkbooks
from tests.fuzz.files import FileMaker, seeds
from tests.fuzz.inputs import Maker
from tests.fuzz.run import InProcess
from tests.fuzz.run_files import Files
from tests.fuzz.run_workbooks import hold
from tests.fuzz.workbooks import WorkbookMaker

FILES = 0.15  # of the inputs; the others are requests
BROKEN = 0.02  # beside the inputs: so many broken workbooks, and as many known cells of workbooks as inputs
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
    cells = hold(WorkbookMaker(seed).workbooks(given.inputs), SHOW_EVERY)
    with TemporaryDirectory() as folder:
        broken = Files(Path(folder)).run(BrokenWorkbooks(seed).inputs(round(given.inputs * BROKEN)), SHOW_EVERY)
    asked = asyncio.run(InProcess().run(Maker(seed).inputs(given.inputs - files), SHOW_EVERY))
    print(
        json.dumps(
            {
                "inputs": asked.inputs + read.inputs,
                "seconds": round(time.monotonic() - began, 1),
                "requests": asked.inputs,
                "records": asked.taken,
                "answers": dict(sorted(asked.statuses.items())),
                "cells": cells.cells,
                "cells_by_what_they_show": dict(sorted(cells.shown.items())),
                "known_workbooks": cells.workbooks,
                "broken_workbooks": broken.inputs,
                "broken_workbooks_with_events": broken.taken[".xlsx"],
                "files": read.inputs,
                "files_with_events": dict(sorted(read.taken.items())),
                "files_refused": dict(sorted(read.refused.items())),
                "rejections": read.rejections,
            }
        )
    )


if __name__ == "__main__":
    main()
