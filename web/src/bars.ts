// What the timeline draws: counts by bin and family, and spans of incidents that do not lie within one bin.

import { binOf, binStarts, type Day, type Unit } from "./days.ts";
import type { Incident } from "./types.ts";

export interface Bars {
  starts: Day[];
  /** counts[family][bin] */
  counts: number[][];
  most: number;
  spans: Span[];
  /** Spans that found no lane. */
  unlaned: number;
  undated: number;
  /** Those that lie in other days. */
  outside: number;
}

export interface Span {
  incident: Incident;
  first: Day;
  last: Day;
  family: number;
  lane: number;
  /** The days only bound it: its ends are drawn faded. */
  fuzzy: boolean;
}

/** Counts and spans of the incidents that lie in the period. */
export function bars(
  incidents: readonly Incident[],
  families: ReadonlyMap<string, number>,
  period: [Day, Day],
  unit: Unit,
  lanes: number,
): Bars {
  const starts = binStarts(period[0], period[1], unit);
  const counts = [...families].map(() => new Array<number>(starts.length - 1).fill(0));
  const spans: Span[] = [];
  let undated = 0;
  let outside = 0;
  for (const incident of incidents) {
    const { first, last } = incident;
    const family = families.get(incident.family);
    if (first === null || last === null) undated++;
    if (first === null || last === null || family === undefined) continue;
    if (last < (starts[0] as Day) || first >= (starts.at(-1) as Day)) {
      outside++;
      continue;
    }
    const bin = binOf(first, starts);
    if (bin === binOf(last, starts)) (counts[family] as number[])[bin] = (counts[family]?.[bin] ?? 0) + 1;
    else spans.push({ incident, first, last, family, lane: -1, fuzzy: !incident.day_known });
  }
  const placed = intoLanes(spans, lanes);
  return {
    starts,
    counts,
    most: highest(counts),
    spans: placed,
    unlaned: spans.length - placed.length,
    undated,
    outside,
  };
}

function highest(counts: readonly number[][]): number {
  let most = 0;
  for (let bin = 0; bin < (counts[0]?.length ?? 0); bin++) {
    most = Math.max(
      most,
      counts.reduce((sum, of) => sum + (of[bin] as number), 0),
    );
  }
  return most;
}

/** Spans into lanes in which none covers another, those of most origins first; what finds no lane is left out. */
export function intoLanes(spans: readonly Span[], lanes: number): Span[] {
  const taken: Span[][] = Array.from({ length: lanes }, () => []);
  const placed: Span[] = [];
  const order = [...spans].sort((a, b) => b.incident.origins - a.incident.origins || a.first - b.first);
  for (const span of order) {
    const lane = taken.findIndex((others) => others.every((o) => o.last < span.first || o.first > span.last));
    if (lane < 0) continue;
    const laned = { ...span, lane };
    (taken[lane] as Span[]).push(laned);
    placed.push(laned);
  }
  return placed;
}

/** The first and the last day of all that have days; null where none has. */
export function extent(incidents: readonly Incident[]): [Day, Day] | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const incident of incidents) {
    if (incident.first !== null && incident.first < first) first = incident.first;
    if (incident.last !== null && incident.last > last) last = incident.last;
  }
  return first <= last ? [first, last] : null;
}

const KEPT = 0.95; // of the incidents lie in the days that a timeline begins with
const SHORT = 7; // days; what is known no better says little about which days are busy
const SQUEEZED = 4; // times as long as these days may all days be without being cut

/** The days to begin with: all of them, or the last ones that hold nearly all, where a few far earlier squeeze them. */
export function busyDays(incidents: readonly Incident[]): [Day, Day] | null {
  const whole = extent(incidents);
  if (!whole) return null;
  const known = incidents.filter(({ first, last }) => first !== null && last !== null && last - first < SHORT);
  const firsts = known.map(({ first }) => first as Day).sort((a, b) => b - a);
  if (firsts.length === 0) return whole;
  const from = firsts[Math.min(firsts.length - 1, Math.ceil(firsts.length * KEPT) - 1)] as Day;
  return whole[1] - whole[0] + 1 > SQUEEZED * (whole[1] - from + 1) ? [from, whole[1]] : whole;
}
