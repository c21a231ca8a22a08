// Which incidents a state holds. Each filter alone, so that every view can leave out the one that it sets itself.

import type { Box, State } from "./state.ts";
import type { Incident } from "./types.ts";

export interface Chosen {
  /** All filters but time: what the timeline counts. */
  timeline: Incident[];
  /** All filters but the map's box: what the map draws. */
  map: Incident[];
  /** All filters: what the list holds. */
  list: Incident[];
}

export function choose(incidents: readonly Incident[], state: State): Chosen {
  const chosen: Chosen = { timeline: [], map: [], list: [] };
  const box = state.within ? state.bbox : null;
  for (const incident of incidents) {
    if (!ofType(incident, state)) continue;
    const timely = inTime(incident, state);
    const near = box === null || inBox(incident, box);
    if (near) chosen.timeline.push(incident);
    if (timely) chosen.map.push(incident);
    if (near && timely) chosen.list.push(incident);
  }
  return chosen;
}

/** By family, and by whether it happened. */
export function ofType(incident: Incident, state: State): boolean {
  if (!state.also && incident.happened !== "happened") return false;
  return state.types === null || state.types.has(incident.family);
}

/** Whether the days overlap the chosen ones. What has no day is in no chosen period. */
export function inTime(incident: Incident, state: State): boolean {
  if (state.since === null && state.until === null) return true;
  if (incident.first === null || incident.last === null) return false;
  return (
    (state.since === null || incident.last >= state.since) && (state.until === null || incident.first <= state.until)
  );
}

/** Whether it is drawn within the box. What is not drawn is in no box. */
export function inBox(incident: Incident, box: Box): boolean {
  const { drawn, lat, lon } = incident;
  if (drawn === "none" || lat === null || lon === null) return false;
  return lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3];
}

/** How many of each family, before the choice of families. */
export function countFamilies(incidents: readonly Incident[], state: State): Map<string, number> {
  const any = { ...state, types: null };
  const box = state.within ? state.bbox : null;
  const counts = new Map<string, number>();
  for (const incident of incidents) {
    if (ofType(incident, any) && inTime(incident, state) && (box === null || inBox(incident, box))) {
      counts.set(incident.family, (counts.get(incident.family) ?? 0) + 1);
    }
  }
  return counts;
}
