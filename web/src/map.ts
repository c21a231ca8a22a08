// The map: places with their incidents over the basemap. What it shows is told by `show`; what somebody does comes out
// by `moved` and `picked`.

import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import * as maplibre from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Basemap } from "./basemap.ts";
import { cardList } from "./cards.ts";
import { isDark, isStill, make, plural, seldom } from "./dom.ts";
import { boxAround, circle, pixelsAtZoom0 } from "./geometry.ts";
import { markName, picture, ringName } from "./marks.ts";
import {
  dotRadius,
  gather,
  type Place,
  placeKey,
  prevailing,
  ringSize,
  sayCount,
  shares,
  shortName,
  sizeOf,
} from "./places.ts";
import type { Box } from "./state.ts";
import { AREAS, CLOSE, CLOSE_FROM, FAR, layersOf, SPOTS, styleOf } from "./style.ts";
import type { Incident } from "./types.ts";

const NEAR = 5; // pixels around a click within which marks are meant
const MANY = 150; // places
const HALF = 0.42; // of the map's height, which a list on it may take: it then fits above or below any place
const EVERY_MS = 90; // between two redrawings while a period is being drawn
const QUIET = { quiet: true }; // marks moves that nobody made by hand
const ATTRIBUTION =
  "Natural Earth (public domain), GeoNames (CC BY 4.0). Borders as on the ground in Natural Earth 4.1, disputed ones dashed; no opinion is meant.";

export interface MapOptions {
  families: readonly string[];
  worker: string;
  box: Box | null;
  moved: (box: Box) => void;
}

export class IncidentMap {
  private readonly map: maplibre.Map;
  private readonly basemap: Basemap;
  private readonly families: readonly string[];
  private places = new Map<string, Place>();
  private incidents: readonly Incident[] = [];
  private popup: maplibre.Popup | null = null;
  private readonly redraw = seldom(() => this.draw(), EVERY_MS);

  private constructor(map: maplibre.Map, basemap: Basemap, options: MapOptions) {
    this.map = map;
    this.basemap = basemap;
    this.families = options.families;
  }

  /** The map in an element, when its ground is drawn. */
  static async open(element: HTMLElement, basemap: Basemap, options: MapOptions): Promise<IncidentMap> {
    maplibre.setWorkerUrl(options.worker);
    const map = new maplibre.Map({
      container: element,
      style: styleOf("light"),
      attributionControl: false,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      minZoom: 0.4,
      maxZoom: 11,
      fadeDuration: isStill() ? 0 : 120,
      cooperativeGestures: window.matchMedia("(max-width: 44rem)").matches,
      locale: { "Map.Title": "Map of incidents. The table below holds the same incidents." },
      ...(options.box ? { bounds: options.box } : { center: [20, 20] as [number, number], zoom: 1 }),
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-right");
    map.addControl(new maplibre.AttributionControl({ compact: true, customAttribution: ATTRIBUTION }), "bottom-left");
    element.querySelector(".maplibregl-ctrl-attrib")?.removeAttribute("open");
    element.querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show");
    const made = new IncidentMap(map, basemap, options);
    await new Promise<void>((resolve) => map.once("load", () => resolve()));
    made.furnish();
    made.listen(options.moved);
    return made;
  }

  /** Draws these incidents and no others; soon, not at once. */
  show(incidents: readonly Incident[]): void {
    this.incidents = incidents;
    this.redraw();
  }

  /** Brings the part of the world into view that holds the incidents. */
  fit(incidents: readonly Incident[], animate = true): void {
    const box = boxAround(gather(incidents));
    if (box) this.go(box, animate, 60);
  }

  /** Brings a part of the world into view. */
  go(box: Box, animate = true, padding = 0): void {
    const how = { padding, maxZoom: padding ? 7.5 : 11, animate: animate && !isStill(), duration: 500 };
    this.map.fitBounds(box, how, QUIET);
  }

  /** Goes to one incident's place and opens the list there. */
  reveal(incident: Incident): void {
    const key = placeKey(incident);
    const place = key ? (this.places.get(key) ?? gather([incident])[0]) : undefined;
    if (!place) return;
    const zoom = Math.max(this.map.getZoom(), place.area ? 5 : 6.5);
    const lower = this.map.getContainer().clientHeight / 4; // the list stands above the place
    const offset: [number, number] = [0, lower];
    this.map.easeTo({ center: [place.lon, place.lat], zoom, offset, animate: !isStill(), duration: 500 });
    this.open([place], place.lon, place.lat, "bottom");
  }

  box(): Box {
    const bounds = this.map.getBounds();
    return [
      Math.max(-180, bounds.getWest()),
      Math.max(-90, bounds.getSouth()),
      Math.min(180, bounds.getEast()),
      Math.min(90, bounds.getNorth()),
    ];
  }

  private furnish(): void {
    const theme = this.theme();
    const { basemap, map } = this;
    map.setMissingStyleImageResolver((id) => this.addPicture(id));
    const add = (id: string, data: FeatureCollection | Geometry) =>
      map.addSource(id, { type: "geojson", data, tolerance: 0.3, attribution: "" });
    add("land", basemap.land);
    for (const id of ["provinces", "coast", "borders", "disputed"] as const) add(id, basemap[id]);
    add("lakes", basemap.lakes);
    add("rivers", basemap.rivers);
    add("labels", basemap.labels);
    for (const id of ["areas", "tags", "spots"]) add(id, { type: "FeatureCollection", features: [] });
    for (const layer of layersOf(theme)) map.addLayer(layer);
    this.paint(theme);
  }

  private theme(): "light" | "dark" {
    return isDark().matches ? "dark" : "light";
  }

  private listen(moved: (box: Box) => void): void {
    const { map } = this;
    let resized = false; // a change of the window's size ends in a move that nobody made
    map.on("resize", () => {
      resized = true;
    });
    map.on("moveend", (event) => {
      if (!resized && !("quiet" in event)) moved(this.box());
      resized = false;
    });
    map.on("click", (event) => this.clicked(event.point));
    map.on("mousemove", (event) => {
      const found = map.queryRenderedFeatures(event.point, { layers: [...SPOTS, ...AREAS] });
      map.getCanvas().style.cursor = found.length > 0 ? "pointer" : "";
    });
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.popup?.remove();
    });
    isDark().addEventListener("change", () => this.paint(this.theme()));
  }

  /** Colours of a theme on layers that are there. */
  private paint(theme: "light" | "dark"): void {
    const { map } = this;
    const sea = styleOf(theme).layers[0];
    for (const layer of sea ? [sea, ...layersOf(theme)] : layersOf(theme)) {
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        map.setPaintProperty(layer.id, name as "fill-color", value);
      for (const [name, value] of Object.entries(layer.layout ?? {}))
        map.setLayoutProperty(layer.id, name as "icon-image", value);
    }
  }

  private addPicture(id: string): void {
    const ratio = Math.min(3, Math.max(1, Math.round(window.devicePixelRatio)));
    if (this.map.hasImage(id)) return;
    const made = picture(id, ratio, this.families);
    if (!made) return;
    const stretch = id.endsWith(":plate")
      ? {
          stretchX: [[6 * ratio, 14 * ratio]] as [number, number][],
          stretchY: [[6 * ratio, 14 * ratio]] as [number, number][],
          content: [3 * ratio, 3 * ratio, 17 * ratio, 17 * ratio] as [number, number, number, number],
        }
      : {};
    this.map.addImage(id, made, { pixelRatio: ratio, ...stretch });
  }

  private draw(): void {
    const places = gather(this.incidents);
    this.places = new Map(places.map((place) => [place.key, place]));
    const spots: Feature[] = [];
    const tags: Feature[] = [];
    const areas: Feature[] = [];
    for (const place of places) {
      if (place.area) {
        tags.push(this.tag(place));
        areas.push(this.area(place));
      } else spots.push(this.spot(place));
    }
    this.crowd(places.length);
    this.put("spots", spots);
    this.put("tags", tags);
    this.put("areas", areas);
  }

  /** Where there are many places, dots are drawn from afar, and marks from close by. */
  private crowd(places: number): void {
    const from = places > MANY ? CLOSE_FROM : 0;
    for (const id of CLOSE) this.map.setLayerZoomRange(id, from, 24);
    for (const id of FAR) {
      this.map.setLayoutProperty(id, "visibility", from > 0 ? "visible" : "none");
      this.map.setLayerZoomRange(id, 0, CLOSE_FROM);
    }
  }

  private put(source: string, features: Feature[]): void {
    const found = this.map.getSource<maplibre.GeoJSONSource>(source);
    found?.setData({ type: "FeatureCollection", features });
  }

  private spot(place: Place): Feature {
    const { incidents } = place;
    const one = incidents.length === 1 ? incidents[0] : undefined;
    const counts = this.families.map((family) => count(incidents, family));
    const icon = one
      ? markName(one.family, one.status, one.happened, sizeOf(one.origins))
      : ringName(ringSize(incidents.length), shares(counts));
    const properties = {
      key: place.key,
      name: shortName(place.name),
      icon,
      family: prevailing(this.families, counts),
      dot: dotRadius(incidents.length),
      count: one ? "" : sayCount(incidents.length),
      order: one ? one.origins : 1000 + incidents.length,
      r0: pixelsAtZoom0(place.radiusKm, place.lat),
    };
    return { type: "Feature", properties, geometry: { type: "Point", coordinates: [place.lon, place.lat] } };
  }

  private tag(place: Place): Feature {
    const properties = {
      key: place.key,
      name: shortName(place.name),
      count: sayCount(place.incidents.length),
      order: place.incidents.length,
    };
    const outline = place.division === null ? null : this.basemap.outline(place.division);
    const at = outline ? [place.lon, place.lat] : topOf(place); // a spot may lie in the middle of a circle
    return { type: "Feature", properties, geometry: { type: "Point", coordinates: at } };
  }

  private area(place: Place): Feature {
    const outline = place.division === null ? null : this.basemap.outline(place.division);
    const soft = circle(place.lon, place.lat, softRadius(place));
    return {
      type: "Feature",
      properties: { key: place.key, outline: outline !== null },
      geometry: outline ?? { type: "Polygon", coordinates: [soft] },
    };
  }

  private clicked(point: maplibre.Point): void {
    const around: [[number, number], [number, number]] = [
      [point.x - NEAR, point.y - NEAR],
      [point.x + NEAR, point.y + NEAR],
    ];
    const at = this.map.unproject(point);
    for (const layers of [[...SPOTS, "area-tags"], ["area-fill"]]) {
      const found = this.map.queryRenderedFeatures(around, { layers });
      const keys = new Set(found.map((feature) => String(feature.properties.key)));
      const places = [...keys].flatMap((key) => this.places.get(key) ?? []);
      if (places.length > 0) {
        const alone = places.length === 1 && !places[0]?.area ? places[0] : null;
        this.open(places, alone?.lon ?? at.lng, alone?.lat ?? at.lat);
        return;
      }
    }
  }

  private open(places: readonly Place[], lon: number, lat: number, anchor?: maplibre.PositionAnchor): void {
    this.popup?.remove();
    const incidents = places.flatMap((place) => place.incidents);
    const names = [...new Set(places.map((place) => place.name))];
    const some = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    const body = cardList(some, noteOf(places, incidents), incidents);
    body.style.maxHeight = `${HALF * this.map.getContainer().clientHeight}px`;
    const how = { maxWidth: "none", focusAfterOpen: true, className: "map-popup-frame", ...(anchor ? { anchor } : {}) };
    this.popup = new maplibre.Popup(how)
      .setLngLat([lon, lat])
      .setDOMContent(make("div", {}, body))
      .addTo(this.map);
  }
}

/** Of an area without an outline, in kilometres. */
function softRadius(place: Place): number {
  return Math.max(15, place.radiusKm);
}

function topOf(place: Place): Position {
  const ring = circle(place.lon, place.lat, softRadius(place), 4);
  return ring[1] as Position;
}

function noteOf(places: readonly Place[], incidents: readonly Incident[]): string {
  const [place] = places;
  const many = plural(incidents.length, "incident");
  if (!place || places.length > 1) return `${many} at ${places.length} places that lie close together here`;
  if (place.area) return `${many}, known to be somewhere in this area and no better`;
  return place.radiusKm > 0 ? `${many}; the place is known to about ${Math.round(place.radiusKm)} km` : many;
}

function count(incidents: readonly Incident[], family: string): number {
  return incidents.reduce((sum, incident) => sum + (incident.family === family ? 1 : 0), 0);
}
