"""What is measured: the stripping; on each engine the submission, its parts, what gate and predicates
cost, the queue's growth, the ledger; memory."""

import sys

from bench import memory, submission
from bench.installation import ENGINES, installed, run
from bench.stripping import measure as stripping
from tests.servers import NoServer


def main() -> None:
    """Run everything and print a line for each figure."""
    stripping.measure()
    for engine in ENGINES:
        try:
            with installed(engine) as installation:
                whole = submission.compare(installation)
                for measure in (
                    ["bench.shares", f"{whole}"],
                    ["bench.gates"],
                    ["bench.growth"],
                    ["bench.filter"],
                    ["bench.ledger"],
                ):
                    sys.stdout.write(run(["-m", *measure], installation.environment))
                    sys.stdout.flush()
        except NoServer as error:
            print(f"{engine}: did not run, {error}")
    memory.measure()


if __name__ == "__main__":
    main()
