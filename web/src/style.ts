// The map's style: what is drawn, in which order, in light and in dark.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { colourOf, FAMILIES } from "./marks.ts";

interface Palette {
  sea: string;
  land: string;
  coast: string;
  border: string;
  province: string;
  water: string;
  label: string;
  sub: string;
  halo: string;
  ink: string;
  paper: string;
}

const LIGHT: Palette = {
  sea: "#dbe3e8",
  land: "#f6f5f1",
  coast: "#9fabb3",
  border: "#8b8f94",
  province: "#d3d2cc",
  water: "#c3d2db",
  label: "#4a4f56",
  sub: "#72777e",
  halo: "#f6f5f1",
  ink: "#1c2026",
  paper: "#ffffff",
};
const DARK: Palette = {
  sea: "#171c21",
  land: "#262b31",
  coast: "#4c565f",
  border: "#6b737b",
  province: "#363c43",
  water: "#1b2630",
  label: "#b4bac1",
  sub: "#8d949c",
  halo: "#20252a",
  ink: "#eef0f3",
  paper: "#14171b",
};

const FONT = ["system-ui"];
/** Layers of marks and tags, which are too many from afar, and those drawn instead. */
export const CLOSE = ["spot-marks", "area-tags"] as const;
export const FAR = ["spot-dots"] as const;
export const CLOSE_FROM = 5; // zoom
export const SPOTS = [...FAR, "spot-marks"] as const;
export const AREAS = ["area-tags", "area-fill"] as const;

/** The style without data; `theme` is "light" or "dark" and stands before each picture's name. */
export function styleOf(theme: "light" | "dark"): StyleSpecification {
  const palette = theme === "dark" ? DARK : LIGHT;
  return {
    version: 8,
    sources: {},
    layers: [{ id: "sea", type: "background", paint: { "background-color": palette.sea } }],
  };
}

/** All layers above the sea; their sources are named in them. */
export function layersOf(theme: "light" | "dark"): LayerSpecification[] {
  const palette = theme === "dark" ? DARK : LIGHT;
  return [...ground(palette), ...names(palette), ...incidents(palette, theme)];
}

function ground(palette: Palette): LayerSpecification[] {
  const line = (id: string, color: string, widths: [number, number], extra: object = {}): LayerSpecification => ({
    id,
    type: "line",
    source: id,
    paint: { "line-color": color, "line-width": byZoom(1, widths[0], 8, widths[1]), ...extra },
  });
  return [
    {
      id: "land",
      type: "fill",
      source: "land",
      paint: { "fill-color": palette.land, "fill-outline-color": palette.land },
    },
    { ...line("provinces", palette.province, [0.4, 1]), minzoom: 3.2 },
    { ...line("rivers", palette.water, [0.3, 1.6]), minzoom: 3 },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": palette.water } },
    line("coast", palette.coast, [0.4, 1]),
    line("borders", palette.border, [0.5, 1.4]),
    { ...line("disputed", palette.land, [1.6, 3]), id: "disputed-bed" },
    line("disputed", palette.border, [0.6, 1.4], { "line-dasharray": [3, 2.2] }),
  ];
}

function names(palette: Palette): LayerSpecification[] {
  const rank: ExpressionSpecification = ["get", "rank"];
  const own: ExpressionSpecification = [
    "case",
    ["==", ["get", "arabic"], ""],
    ["get", "name"],
    ["concat", ["get", "name"], "\n", ["get", "arabic"]],
  ];
  const town = (id: string, minzoom: number, most: number): LayerSpecification => ({
    id,
    type: "symbol",
    source: "labels",
    minzoom,
    filter: ["all", ["==", ["get", "kind"], "towns"], ["<=", rank, most], [">", rank, most === 1 ? -1 : most - 1]],
    layout: {
      "text-field": minzoom >= 4 ? own : ["get", "name"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], minzoom, 10, 9, 13],
      "text-padding": 4,
      "symbol-sort-key": rank,
    },
    paint: { "text-color": palette.sub, "text-halo-color": palette.halo, "text-halo-width": 1.2 },
  });
  return [
    town("towns-4", 7, 4),
    town("towns-3", 6, 3),
    town("towns-2", 5, 2),
    town("towns-1", 4, 1),
    {
      id: "countries",
      type: "symbol",
      source: "labels",
      maxzoom: 7,
      filter: [
        "all",
        ["==", ["get", "kind"], "countries"],
        [">=", ["zoom"], ["match", rank, 0, 0, 1, 2.2, 2, 3.2, 4.2]],
      ],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 6, 15],
        "text-letter-spacing": 0.06,
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
        "text-max-width": 7,
        "text-padding": 6,
        "symbol-sort-key": rank,
      },
      paint: { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.4 },
    },
  ];
}

function incidents(palette: Palette, theme: string): LayerSpecification[] {
  const named = (key: string): ExpressionSpecification => ["concat", `${theme}:`, ["get", key]];
  return [
    {
      id: "area-fill",
      type: "fill",
      source: "areas",
      paint: { "fill-pattern": `${theme}:hatch`, "fill-opacity": 0.8 },
    },
    {
      id: "area-edge",
      type: "line",
      source: "areas",
      filter: ["==", ["get", "outline"], true],
      paint: { "line-color": palette.ink, "line-opacity": 0.45, "line-width": 1 },
    },
    {
      id: "spot-radius",
      type: "circle",
      source: "spots",
      minzoom: 5.5,
      paint: {
        "circle-radius": [
          "interpolate",
          ["exponential", 2],
          ["zoom"],
          0,
          ["get", "r0"],
          12,
          ["*", ["get", "r0"], 4096],
        ],
        "circle-color": palette.ink,
        "circle-opacity": 0.05,
        "circle-stroke-color": palette.ink,
        "circle-stroke-opacity": 0.35,
        "circle-stroke-width": 1,
        "circle-pitch-alignment": "map",
      },
    },
    {
      id: "area-tags",
      type: "symbol",
      source: "tags",
      layout: {
        "icon-image": `${theme}:plate`,
        "icon-text-fit": "both",
        "icon-text-fit-padding": [2, 5, 2, 5],
        "text-field": ["step", ["zoom"], ["get", "count"], 4.5, ["concat", ["get", "name"], ": ", ["get", "count"]]],
        "text-font": FONT,
        "text-size": 11.5,
        "text-max-width": 12,
        "text-allow-overlap": true,
        "icon-allow-overlap": true,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": palette.ink },
    },
    {
      id: "spot-dots",
      type: "circle",
      source: "spots",
      layout: { "circle-sort-key": ["get", "order"] },
      paint: {
        "circle-color": [
          "match",
          ["get", "family"],
          ...dots(theme),
          palette.paper,
        ] as unknown as ExpressionSpecification,
        "circle-radius": [
          "interpolate",
          ["linear"],
          ["zoom"],
          1,
          ["*", 0.5, ["get", "dot"]],
          CLOSE_FROM,
          ["*", 1.25, ["get", "dot"]],
        ],
        "circle-opacity": 0.8,
        "circle-stroke-color": ["case", ["==", ["get", "family"], ""], palette.ink, palette.paper],
        "circle-stroke-width": ["case", ["==", ["get", "family"], ""], 1, 0.5],
      },
    },
    {
      id: "spot-marks",
      type: "symbol",
      source: "spots",
      layout: {
        "icon-image": named("icon"),
        "icon-size": byZoom(1, 0.55, 6, 1),
        "icon-allow-overlap": true,
        "text-field": ["get", "count"],
        "text-font": FONT,
        "text-size": byZoom(1, 6.5, 6, 11),
        "text-allow-overlap": true,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": palette.ink },
    },
    {
      id: "spot-names",
      type: "symbol",
      source: "spots",
      minzoom: 5.5,
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 12,
        "text-anchor": "top",
        "text-offset": [0, 1.3],
        "text-optional": true,
        "symbol-sort-key": ["-", 0, ["get", "order"]],
      },
      paint: { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.5 },
    },
  ];
}

/** Families with their colours, as an expression takes them. */
function dots(theme: string): string[] {
  return FAMILIES.flatMap((family) => [family, colourOf(family, theme === "dark")]);
}

function byZoom(from: number, low: number, to: number, high: number): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], from, low, to, high];
}
