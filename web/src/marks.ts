// Marks: a shape, a letter and a colour for each family of types, an outline for each status. Drawn from one set of
// paths, as SVG for the legend and as pictures for the map. No two families share a shape, so that colour is never needed.

import type { Happened, Status } from "./types.ts";

export interface Look {
  /** Path in a box from -10 to 10. */
  path: string;
  light: string;
  dark: string;
}

const LOOKS: Record<string, Look> = {
  fighting: { path: "M0-9.5 9.5 0 0 9.5-9.5 0Z", light: "#b3500c", dark: "#ec934d" },
  strikes: { path: "M0-9.5 9.5 7.5H-9.5Z", light: "#8a3669", dark: "#d78fbb" },
  harm: { path: "M-8.5 0A8.5 8.5 0 1 0 8.5 0A8.5 8.5 0 1 0-8.5 0Z", light: "#1d5fa0", dark: "#77b5ec" },
  forces: { path: "M-7.5-7.5H7.5V7.5H-7.5Z", light: "#55585e", dark: "#b9bcc2" },
  people: { path: "M0 9.5-9.5-7.5H9.5Z", light: "#00735a", dark: "#45c7a2" },
  politics: { path: "M-9.5-3.4H-3.4V-9.5H3.4V-3.4H9.5V3.4H3.4V9.5H-3.4V3.4H-9.5Z", light: "#7d6400", dark: "#d8bf55" },
};
export const FAMILIES: readonly string[] = Object.keys(LOOKS);
const UNKNOWN: Look = { path: "M-5-9H5L9-5V5L5 9H-5L-9 5V-5Z", light: "#333333", dark: "#dddddd" };

export function lookOf(family: string): Look {
  return LOOKS[family] ?? UNKNOWN;
}

export function colourOf(family: string, dark: boolean): string {
  const look = lookOf(family);
  return dark ? look.dark : look.light;
}

interface Outline {
  width: number;
  dash: number[];
  /** How opaque the inside is. */
  fill: number;
}

/** Asserted: full, no outline to speak of. Verified: a heavy outline. Others are paler, with a broken one. */
export function outlineOf(status: Status, happened: Happened): Outline {
  if (happened !== "happened") return { width: 1.5, dash: [1.5, 2], fill: 0 };
  switch (status) {
    case "verified":
      return { width: 3, dash: [], fill: 1 };
    case "unverified":
      return { width: 1.75, dash: [1.5, 2], fill: 0.45 };
    case "disputed":
    case "denied":
      return { width: 2, dash: [4.5, 2.5], fill: 0.2 };
    case "set_aside":
      return { width: 1, dash: [], fill: 0 };
    default:
      return { width: 1, dash: [], fill: 1 };
  }
}

const SIZES = [16, 20, 25, 30] as const; // pixels across, by independent origins
const RINGS = [22, 26, 31, 37] as const; // by incidents at one place

export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** The name of a mark's picture: theme, family, status, whether it happened, size. */
export function markName(family: string, status: Status, happened: Happened, size: number): string {
  return ["mark", family, status, happened === "happened" ? "did" : "not", size].join(":");
}

/** The name of a ring's picture: size, then each family's parts of eight. */
export function ringName(size: number, parts: readonly number[]): string {
  return ["ring", size, parts.join("-")].join(":");
}

/** The picture of a name that `markName` or `ringName` made, with the theme before it; null for any other name. */
export function picture(name: string, ratio: number, families: readonly string[]): Picture | null {
  const [theme, kind, ...rest] = name.split(":");
  const dark = theme === "dark";
  if (kind === "mark") {
    const [family, status, happened, size] = rest as [string, Status, string, string];
    const did = happened === "did" ? "happened" : "planned";
    return drawMark(family, outlineOf(status, did), SIZES[Number(size)] ?? SIZES[0], ratio, dark);
  }
  if (kind === "ring") {
    const parts = (rest[1] ?? "").split("-").map(Number);
    return drawRing(parts, families, RINGS[Number(rest[0])] ?? RINGS[0], ratio, dark);
  }
  if (kind === "hatch") return drawHatch(ratio, dark);
  if (kind === "plate") return drawPlate(ratio, dark);
  return null;
}

function canvas(size: number, ratio: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = element.height = Math.ceil(size * ratio);
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser gives no 2D canvas");
  context.scale(ratio, ratio);
  return context;
}

function taken(context: CanvasRenderingContext2D): Picture {
  const { width, height } = context.canvas;
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

function drawMark(family: string, outline: Outline, size: number, ratio: number, dark: boolean): Picture {
  const around = 3;
  const context = canvas(size + 2 * around, ratio);
  const scale = size / 20;
  const paper = dark ? "#14171b" : "#ffffff";
  const colour = colourOf(family, dark);
  context.translate(size / 2 + around, size / 2 + around);
  context.scale(scale, scale);
  const path = new Path2D(lookOf(family).path);
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.lineWidth = (outline.width + 2.5) / scale;
  context.stroke(path);
  context.fillStyle = paper;
  context.globalAlpha = 0.85;
  context.fill(path);
  context.globalAlpha = outline.fill;
  context.fillStyle = colour;
  context.fill(path);
  context.globalAlpha = 1;
  context.strokeStyle = outline.width >= 3 ? (dark ? "#ffffff" : "#101010") : outline.fill === 1 ? paper : colour;
  context.lineWidth = (outline.width >= 3 ? 2 : outline.width) / scale;
  context.setLineDash(outline.dash.map((part) => part / scale));
  context.stroke(path);
  return taken(context);
}

function drawRing(
  parts: readonly number[],
  families: readonly string[],
  size: number,
  ratio: number,
  dark: boolean,
): Picture {
  const context = canvas(size + 4, ratio);
  const middle = size / 2 + 2;
  const width = 4;
  context.translate(middle, middle);
  context.fillStyle = dark ? "#14171b" : "#ffffff";
  context.beginPath();
  context.arc(0, 0, size / 2 + 1, 0, 2 * Math.PI);
  context.fill();
  const whole = parts.reduce((sum, part) => sum + part, 0) || 1;
  let from = -Math.PI / 2;
  context.lineWidth = width;
  parts.forEach((part, n) => {
    const to = from + (part / whole) * 2 * Math.PI;
    context.strokeStyle = colourOf(families[n] ?? "", dark);
    context.beginPath();
    context.arc(0, 0, size / 2 - width / 2, from, to);
    if (part > 0) context.stroke();
    from = to;
  });
  return taken(context);
}

function drawHatch(ratio: number, dark: boolean): Picture {
  const size = 8;
  const context = canvas(size, ratio);
  context.strokeStyle = dark ? "rgba(236,240,245,.34)" : "rgba(30,35,45,.34)";
  context.lineWidth = 1;
  context.beginPath();
  for (const start of [-size, 0, size]) {
    context.moveTo(start - 1, size + 1);
    context.lineTo(start + size + 1, -1);
  }
  context.stroke();
  return taken(context);
}

function drawPlate(ratio: number, dark: boolean): Picture {
  const context = canvas(20, ratio);
  context.fillStyle = dark ? "rgba(20,23,27,.92)" : "rgba(255,255,255,.92)";
  context.strokeStyle = dark ? "#9aa1ab" : "#5b616b";
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(1, 1, 18, 18, 3);
  context.fill();
  context.stroke();
  return taken(context);
}

const SVG = "http://www.w3.org/2000/svg";

/** A mark for the legend and the lists. Colours come from the style sheet, by the class. */
export function svgMark(family: string, status: Status = "asserted", happened: Happened = "happened"): SVGSVGElement {
  const outline = outlineOf(status, happened);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-12 -12 24 24");
  svg.setAttribute("class", `map-mark map-family-${family}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", lookOf(family).path);
  path.setAttribute("fill-opacity", `${outline.fill}`);
  path.setAttribute("stroke-width", `${outline.width}`);
  if (outline.dash.length > 0) path.setAttribute("stroke-dasharray", outline.dash.join(" "));
  if (outline.width >= 3) path.setAttribute("class", "map-mark-verified");
  svg.append(path);
  return svg;
}
