"""Adds generated records to a ledger and says so after each: a process to be killed, or one of two writers.

Run as: ledger_adder.py LEDGER TAG FIRST COUNT. Prints "number report_id" once the report is said to be on the disk.
"""

import sys

from ledger_records import numbered

from dateline.ledger import Ledger


def main() -> None:
    path, tag, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with Ledger(path, timeout_s=30) as ledger:
        for number in range(first, first + count):
            print(number, ledger.add(numbered(number, claims=3, tag=tag)).report_id, flush=True)


if __name__ == "__main__":
    main()
