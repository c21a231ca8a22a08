#!/bin/sh
# The main job, from report to ledger, on the invented reports of examples/. Called by `make demo` with the folder that
# holds the `dateline` command.
set -eu
bin=${1:-.venv/bin}
here=$(dirname "$0")/examples
ledger=demo.db

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n$ %s\n' "$*"; }

say "dateline read examples/agency-dispatch.txt --quotes"
"$bin/dateline" read "$here/agency-dispatch.txt" --quotes
say "dateline read examples/page.html"
"$bin/dateline" read "$here/page.html"
say "dateline add examples/ --ledger $ledger"
"$bin/dateline" add "$here" --ledger "$ledger"
say "dateline claims --ledger $ledger --event displacement"
"$bin/dateline" claims --ledger "$ledger" --event displacement
say "dateline verify --ledger $ledger"
"$bin/dateline" verify --ledger "$ledger"
printf '\nThese reports are invented. Now read one of your own: %s/dateline read report.txt\n' "$bin"
