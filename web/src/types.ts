// What the page's JSON twin holds (see README.md, "The contract"), and what the island makes of it.

import type { Day } from "./days.ts";
import { parseDay } from "./days.ts";

export type Status = "asserted" | "verified" | "unverified" | "disputed" | "denied" | "set_aside";
export type Happened = "happened" | "planned" | "called_for" | "possible" | "denied";

/** One row of the twin. */
export interface TwinIncident {
  id: string;
  sentence: string;
  event: string;
  event_name: string;
  family: string;
  status: Status;
  status_name: string;
  happened: Happened;
  origins: number;
  reports: number;
  first_day: string | null;
  last_day: string | null;
  /** False where the days only bound an uncertain day. */
  day_known: boolean;
  /** The same days in words, as on other pages. */
  days: string;
  /** Low, best and high in words, as on other pages. */
  killed: string | null;
  place: string;
  /** How the place is drawn: a spot with its radius, an area, or not at all. */
  drawn: "spot" | "area" | "none";
  /** Why it is not drawn, in words. */
  reason: string | null;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  /** GeoNames id of the province whose outline is drawn, where the basemap may have one. */
  division: number | null;
}

export interface Twin {
  schema: string;
  families: { key: string; name: string; covers: string }[];
  incidents: TwinIncident[];
  /** Whether there are more than were asked for. */
  cut?: boolean;
}

export const SCHEMA = "dateline-map/1";

/** An incident with its days as numbers, null where no day is known. */
export interface Incident extends TwinIncident {
  first: Day | null;
  last: Day | null;
}

/** The twin, checked as far as a wrong file would break the page. */
export function readTwin(told: unknown): { families: Twin["families"]; incidents: Incident[]; cut: boolean } {
  const twin = told as Partial<Twin> | null;
  if (twin?.schema !== SCHEMA || !Array.isArray(twin.incidents) || !Array.isArray(twin.families)) {
    throw new Error(`the answer is no ${SCHEMA}`);
  }
  const incidents = twin.incidents.map((incident) => {
    const first = parseDay(incident.first_day);
    const last = parseDay(incident.last_day);
    return { ...incident, first: first ?? last, last: last ?? first };
  });
  return { families: twin.families, incidents, cut: twin.cut ?? false };
}
