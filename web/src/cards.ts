// An incident in a few lines, and the list of those at one place.

import { sayPeriod } from "./days.ts";
import { make, plural } from "./dom.ts";
import { svgMark } from "./marks.ts";
import type { Incident } from "./types.ts";

const MOST = 100; // of a place's incidents in its list

export function sayDays(incident: Incident): string {
  const { first, last, day_known } = incident;
  if (first === null || last === null) return "day not known";
  if (first === last || day_known) return sayPeriod(first, last);
  return `some time from ${sayPeriod(first, last)}`;
}

/** The address of an incident's own page. */
export function pageOf(incident: Incident): string {
  return `/incidents/${encodeURIComponent(incident.id)}`;
}

/** One incident: its mark, its sentence as a link to its page, and how surely it is known. */
export function card(incident: Incident): HTMLElement {
  const facts = [
    sayDays(incident),
    incident.status_name,
    plural(incident.origins, "independent origin"),
    ...(incident.killed ? [`killed: ${incident.killed}`] : []),
  ];
  return make(
    "div",
    { class: "map-card" },
    svgMark(incident.family, incident.status, incident.happened),
    make(
      "div",
      {},
      make("a", { href: pageOf(incident), dir: "auto" }, incident.sentence),
      make("p", { class: "map-facts" }, facts.join(" · ")),
    ),
  );
}

/** All incidents at one place (or at several that lie under one finger), the latest first. */
export function cardList(title: string, note: string, incidents: readonly Incident[]): HTMLElement {
  const sorted = [...incidents].sort((a, b) => (b.first ?? 0) - (a.first ?? 0));
  const items = sorted.slice(0, MOST).map((incident) => make("li", {}, card(incident)));
  const left = sorted.length - items.length;
  return make(
    "div",
    { class: "map-popup" },
    make("h2", {}, title),
    note ? make("p", { class: "map-facts" }, note) : null,
    make("ul", {}, ...items),
    left > 0 ? make("p", { class: "map-facts" }, `and ${left} more, in the table below`) : null,
  );
}
