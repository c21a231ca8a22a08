"""Makes an export or a release in its folder: while a page waits, or as a process of its own, so that the desk answers
meanwhile: `python -m dateline.desk.making FOLDER`."""

import sys
from pathlib import Path

from dateline.desk.exporting import Progress, State, export, job_in
from dateline.desk.releasing import freeze
from dateline.errors import DatelineError


def run(folder: Path) -> State:
    """Make what the folder's job asks for; what goes wrong stands in its state."""
    progress = Progress(folder)
    try:
        job = job_in(folder)
        return freeze(job, folder, progress) if job.kind == "release" else export(job, folder, progress)
    except DatelineError as error:
        return progress.failed(str(error))
    except Exception as error:
        progress.failed(f"something went wrong ({type(error).__name__}); the desk's log tells more")
        raise


if __name__ == "__main__":
    sys.exit(0 if run(Path(sys.argv[1])).stage == "done" else 1)
