// What is chosen, and how it stands in the address, so that a view can be sent to somebody and "back" takes a step back.

import { type Day, isoDay, parseDay, type Unit } from "./days.ts";

export type Box = [west: number, south: number, east: number, north: number];

export interface State {
  since: Day | null;
  until: Day | null;
  /** The part of the world that the map shows; null: all that is drawn. */
  bbox: Box | null;
  /** Whether the list and the timeline hold only what lies in it. */
  within: boolean;
  /** Families of types that are shown; null: all. */
  types: ReadonlySet<string> | null;
  /** Whether what was planned, demanded, feared or denied is shown as well. */
  also: boolean;
  /** The part of time that the timeline shows; null: all. */
  span: [Day, Day] | null;
  unit: Unit | null;
}

export const NOTHING_CHOSEN: State = {
  since: null,
  until: null,
  bbox: null,
  within: false,
  types: null,
  also: false,
  span: null,
  unit: null,
};

const KEYS = ["since", "until", "bbox", "within", "types", "also", "span", "unit"] as const;
const UNITS: readonly string[] = ["day", "week", "month"];

/** The state that an address asks for; what cannot be read is as if it were not there. */
export function readState(search: string): State {
  const asked = new URLSearchParams(search);
  const unit = asked.get("unit") ?? "";
  return {
    since: parseDay(asked.get("since")),
    until: parseDay(asked.get("until")),
    bbox: readBox(asked.get("bbox")),
    within: asked.get("within") === "1",
    types: readTypes(asked.getAll("types")),
    also: asked.get("also") === "1",
    span: readSpan(asked.get("span")),
    unit: UNITS.includes(unit) ? (unit as Unit) : null,
  };
}

function readTypes(values: readonly string[]): ReadonlySet<string> | null {
  const keys = values.flatMap((value) => value.split(",")).filter(Boolean);
  return keys.length > 0 ? new Set(keys) : null;
}

/** "west,south,east,north" in degrees, as OGC writes it. */
export function readBox(text: string | null): Box | null {
  const parts = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (parts.length !== 4 || !parts.every(Number.isFinite)) return null;
  const [west, south, east, north] = parts as Box;
  const fits = west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return fits ? [west, south, east, north] : null;
}

function readSpan(text: string | null): [Day, Day] | null {
  const [first, last] = (text ?? "").split(",").map(parseDay);
  return first != null && last != null && first <= last ? [first, last] : null;
}

/** The address's query with this state; what the page itself asked for stays as it is. */
export function writeState(state: State, search: string): string {
  const query = new URLSearchParams(search);
  for (const key of KEYS) query.delete(key);
  if (state.since !== null) query.set("since", isoDay(state.since));
  if (state.until !== null) query.set("until", isoDay(state.until));
  if (state.types) query.set("types", [...state.types].sort().join(","));
  if (state.also) query.set("also", "1");
  if (state.bbox) query.set("bbox", state.bbox.map((degree) => degree.toFixed(3)).join(","));
  if (state.within) query.set("within", "1");
  if (state.span) query.set("span", state.span.map(isoDay).join(","));
  if (state.unit) query.set("unit", state.unit);
  const said = query.toString().replaceAll("%2C", ",");
  return said ? `?${said}` : "";
}
