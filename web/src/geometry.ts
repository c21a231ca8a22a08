// Circles on the ground, and boxes around points.

import type { Box } from "./state.ts";

const KM_PER_DEGREE = 111.195;
const METRES_PER_PIXEL = 78_271.517; // at the equator at zoom 0, tiles of 512 pixels

/** The ring of a circle on the ground, longitude first, closed. */
export function circle(lon: number, lat: number, radiusKm: number, corners = 48): [number, number][] {
  const north = radiusKm / KM_PER_DEGREE;
  const east = north / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  const ring: [number, number][] = [];
  for (let n = 0; n < corners; n++) {
    const angle = (n / corners) * 2 * Math.PI;
    ring.push([lon + east * Math.cos(angle), Math.max(-89, Math.min(89, lat + north * Math.sin(angle)))]);
  }
  ring.push(ring[0] as [number, number]);
  return ring;
}

/** The radius of a circle in pixels at zoom 0; it doubles with each zoom. */
export function pixelsAtZoom0(radiusKm: number, lat: number): number {
  return (radiusKm * 1000) / (METRES_PER_PIXEL * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
}

/** The smallest box around points with their radius; null where there are none. */
export function boxAround(points: readonly { lat: number; lon: number; radiusKm: number }[]): Box | null {
  if (points.length === 0) return null;
  const box: Box = [180, 90, -180, -90];
  for (const { lat, lon, radiusKm } of points) {
    const north = radiusKm / KM_PER_DEGREE;
    const east = north / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
    box[0] = Math.max(-180, Math.min(box[0], lon - east));
    box[1] = Math.max(-85, Math.min(box[1], lat - north));
    box[2] = Math.min(180, Math.max(box[2], lon + east));
    box[3] = Math.min(85, Math.max(box[3], lat + north));
  }
  return box;
}
