// Incidents gathered by place: one mark a place, however many incidents it has. Nothing is gathered by pixels.

import type { Incident } from "./types.ts";

export interface Place {
  key: string;
  name: string;
  lat: number;
  lon: number;
  radiusKm: number;
  area: boolean;
  /** Of a province whose outline may be drawn. */
  division: number | null;
  incidents: Incident[];
}

/** Places with their incidents, spots and areas; those not drawn are left out. */
export function gather(incidents: readonly Incident[]): Place[] {
  const places = new Map<string, Place>();
  for (const incident of incidents) {
    const key = placeKey(incident);
    if (key === null) continue;
    const known = places.get(key);
    if (known) {
      known.incidents.push(incident);
      known.radiusKm = Math.max(known.radiusKm, incident.radius_km ?? 0);
    } else places.set(key, newPlace(key, incident));
  }
  return [...places.values()];
}

/** One key for all incidents at the same point, or in the same area; null where nothing is drawn. */
export function placeKey(incident: Incident): string | null {
  const { drawn, lat, lon, division } = incident;
  if (drawn === "none" || lat === null || lon === null) return null;
  if (drawn === "area" && division !== null) return `d${division}`;
  return `${drawn === "area" ? "a" : "s"}${lat.toFixed(4)},${lon.toFixed(4)}`;
}

function newPlace(key: string, incident: Incident): Place {
  const { place, lat, lon, radius_km, drawn, division } = incident;
  return {
    key,
    name: place,
    lat: lat as number,
    lon: lon as number,
    radiusKm: radius_km ?? 0,
    area: drawn === "area",
    division: drawn === "area" ? division : null,
    incidents: [incident],
  };
}

const SHARES = 8;

/**
 * How a ring of eight parts is shared out among the families, in their order: every family that is there has a part,
 * the others go by largest remainders. Coarse on purpose: few different rings need drawing.
 */
export function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count / total) * SHARES);
  const parts = exact.map((part, n) => ((counts[n] as number) > 0 ? Math.max(1, Math.floor(part)) : 0));
  const spare = () => SHARES - parts.reduce((sum, part) => sum + part, 0);
  while (spare() !== 0) {
    const step = Math.sign(spare());
    let best = -1;
    for (let n = 0; n < parts.length; n++) {
      if ((counts[n] as number) === 0 || (step < 0 && (parts[n] as number) <= 1)) continue;
      const gap = ((exact[n] as number) - (parts[n] as number)) * step;
      if (best < 0 || gap > ((exact[best] as number) - (parts[best] as number)) * step) best = n;
    }
    parts[best] = (parts[best] as number) + step;
  }
  return parts;
}

/** The family that more than half of the incidents are of; "" where none is. */
export function prevailing(families: readonly string[], counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const best = counts.findIndex((count) => 2 * count > total);
  return families[best] ?? "";
}

/** The radius of a dot by incidents: its surface grows with them, up to a bound. */
export function dotRadius(count: number): number {
  return Math.min(9, 2.5 + 0.8 * Math.sqrt(count));
}

/** A place's name as the map writes it: without the country's letters, which the map shows anyway. */
export function shortName(name: string): string {
  return name.replace(/ \([A-Z]{2}\)$/, "");
}

/** The size of a mark by independent origins: one, two, three or four, more. */
export function sizeOf(origins: number): 0 | 1 | 2 | 3 {
  return origins <= 1 ? 0 : origins === 2 ? 1 : origins <= 4 ? 2 : 3;
}

/** The size of a ring by incidents. */
export function ringSize(count: number): 0 | 1 | 2 | 3 {
  return count < 5 ? 0 : count < 20 ? 1 : count < 100 ? 2 : 3;
}

/** "7", "250", "1.2k": what fits into a ring. */
export function sayCount(count: number): string {
  if (count < 1000) return `${count}`;
  return count < 10_000 ? `${(Math.floor(count / 100) / 10).toFixed(1)}k` : `${Math.floor(count / 1000)}k`;
}
