"""Run every printed session again and write its output into the page: `python -m tests.docs.write`."""

import tempfile
from pathlib import Path

from tests.docs.console import PAGES, prepare, renewed


def main() -> None:
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder))
            page.write_text(renewed(page.read_text("utf-8"), Path(folder)), "utf-8")
        print(f"{page.name}: written")


if __name__ == "__main__":
    main()
