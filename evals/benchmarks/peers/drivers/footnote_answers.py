"""Footnote's whole answers, warm: `python -m evals.benchmarks.peers.drivers.footnote_answers JOB READER`.

Asks all questions of JOB in one process, each for an answer with its citations, as `footnote ask` does.
READER is the setting of that name: "default" for the reader that ships, "none" for words alone.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from evals.benchmarks.peers.drivers.protocol import Job, peak_bytes, warm


def main() -> None:
    """Open, ask, print."""
    from assistant import Assistant, Settings

    job, reader = Job.read(Path(sys.argv[1])), sys.argv[2]
    with Assistant.open(settings=Settings(home=job.home, reader=reader)) as assistant:
        timed = warm(assistant.ask, job.questions)
    result = {
        "seconds": timed.seconds,
        "processor_seconds": timed.processor_seconds,
        "statuses": Counter(answer.status for answer in timed.results),
        "peak_bytes": peak_bytes(),
    }
    sys.stdout.write("\n" + json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
