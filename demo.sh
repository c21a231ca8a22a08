#!/bin/sh
# The main jobs on invented reports: from a report to a ledger (examples/), and from sixty reports of one week to incidents
# (demo/week), which it opens in the desk at the end. Called by `make demo` with the folder that holds the `dateline` command.
set -eu
bin=${1:-.venv/bin}
home=$(dirname "$0")
here=$home/examples
week=$home/demo/week
ledger=demo.db
ledger_of_week=demo-week.db
# What the week adds lies here, and never among the user's own gazetteers and actors.
own=demo-week
export DATELINE_GAZETTEERS="$own/places" DATELINE_ACTORS="$own/actors"
# One of the week's claims by which its incident is named: "Mortar shells struck a crowded market in the town of Quorrin".
market=a51ad233

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

printf '\nMany reports: sixty of one week, on a conflict in a country that does not exist. All of them are invented.\n'
say "dateline gazetteer add demo/week/places.txt"
"$bin/dateline" gazetteer add "$week/places.txt"
say "dateline actors add demo/week/actors.csv demo/week/people.csv"
"$bin/dateline" actors add "$week/actors.csv" "$week/people.csv"
say "dateline add demo/week/reports.jsonl --ledger $ledger_of_week 2>&1 | tail -1"
"$bin/dateline" add "$week/reports.jsonl" --ledger "$ledger_of_week" 2>&1 | tail -1
say "dateline incidents --ledger $ledger_of_week --measure killed --origins 2 --limit 4"
"$bin/dateline" incidents --ledger "$ledger_of_week" --measure killed --origins 2 --limit 4
say "dateline why $market killed --ledger $ledger_of_week"
"$bin/dateline" why "$market" killed --ledger "$ledger_of_week"
say "dateline origins $market --ledger $ledger_of_week"
"$bin/dateline" origins "$market" --ledger "$ledger_of_week"
say "dateline diff --ledger $ledger_of_week --from 2024-03-08 --to 2024-03-09 | head -40"
"$bin/dateline" diff --ledger "$ledger_of_week" --from 2024-03-08 --to 2024-03-09 | head -40
say "dateline export ged --out $own/week-ged-like.csv --ledger $ledger_of_week"
"$bin/dateline" export ged --out "$own/week-ged-like.csv" --ledger "$ledger_of_week"

# The desk answers from a process of its own: this script returns. An older one of this ledger is closed first.
"$bin/dateline" desk stop --ledger "$ledger_of_week" > "$own/desk.txt"
say "dateline desk --ledger $ledger_of_week --background --no-browser"
"$bin/dateline" desk --ledger "$ledger_of_week" --background --no-browser | tee "$own/desk.txt"
if [ -n "${CI:-}" ]; then
  "$bin/dateline" desk stop --ledger "$ledger_of_week"
else
  address=$(sed -n 's/.* at \(http[^ ]*\).*/\1/p' "$own/desk.txt")
  printf '\nThe week lies open in the desk: %s\n' "$address"
  printf 'To close it: %s/dateline desk stop --ledger %s\n' "$bin" "$ledger_of_week"
fi
printf '\nAll these reports are invented. Now read one of your own: %s/dateline read report.txt\n' "$bin"
