// The basemap: Natural Earth's provinces, from which land, coasts, borders and areas are made; lakes, rivers, names.

import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

interface ProvinceTold {
  k: string; // GeoNames id of the division, or a number of its own
  a: string; // territory
  d: number; // 1: disputed
}
type Province = GeometryObject<ProvinceTold>;
type World = Topology<{
  provinces: GeometryCollection<ProvinceTold>;
  lakes: GeometryCollection;
  rivers: GeometryCollection;
  disputed: GeometryCollection;
}>;
type Label = [name: string, arabic: string, lon: number, lat: number, rank: number];

export interface Basemap {
  land: FeatureCollection;
  coast: MultiLineString;
  borders: MultiLineString;
  disputed: MultiLineString;
  provinces: MultiLineString;
  lakes: FeatureCollection;
  rivers: FeatureCollection;
  labels: FeatureCollection;
  /** The outline of a division, by its GeoNames id. */
  outline(division: number): Polygon | MultiPolygon | null;
}

export async function loadBasemap(world: string, labels: string): Promise<Basemap> {
  const [topology, names] = await Promise.all([load<World>(world), load<Record<string, Label[]>>(labels)]);
  const { provinces, lakes, rivers, disputed } = topology.objects;
  const told = (a: GeometryObject) => (a as Province).properties as ProvinceTold;
  const isDisputed = (a: GeometryObject, b: GeometryObject) =>
    a !== b && (told(a).a !== told(b).a ? told(a).d + told(b).d > 0 : told(a).d !== told(b).d);
  const byId = new Map(provinces.geometries.map((each) => [told(each).k, each]));
  const lines = mesh(topology, disputed as GeometryObject).coordinates;
  return {
    land: feature(topology, provinces),
    coast: mesh(topology, provinces as GeometryObject, (a, b) => a === b),
    borders: mesh(topology, provinces as GeometryObject, (a, b) => told(a).a !== told(b).a && !isDisputed(a, b)),
    disputed: {
      type: "MultiLineString",
      coordinates: [...mesh(topology, provinces as GeometryObject, isDisputed).coordinates, ...lines],
    },
    provinces: mesh(
      topology,
      provinces as GeometryObject,
      (a, b) => a !== b && told(a).a === told(b).a && !isDisputed(a, b),
    ),
    lakes: feature(topology, lakes),
    rivers: feature(topology, rivers),
    labels: labelPoints(names),
    outline: (division) => {
      const known = byId.get(String(division));
      if (!known) return null;
      const shape = (feature(topology, known) as Feature).geometry;
      return shape.type === "Polygon" || shape.type === "MultiPolygon" ? shape : null;
    },
  };
}

async function load<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as T;
}

function labelPoints(names: Record<string, Label[]>): FeatureCollection {
  const features: Feature[] = Object.entries(names).flatMap(([kind, labels]) =>
    labels.map(([name, arabic, lon, lat, rank]) => ({
      type: "Feature",
      properties: { name, arabic, rank, kind },
      geometry: { type: "Point", coordinates: [lon, lat] as Position },
    })),
  );
  return { type: "FeatureCollection", features };
}
