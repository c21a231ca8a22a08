// Beside the map: what the marks mean, which types are shown, and what is not drawn, with the reason.

import { card } from "./cards.ts";
import { make, plural } from "./dom.ts";
import { svgMark } from "./marks.ts";
import type { State } from "./state.ts";
import type { Incident, Status, Twin } from "./types.ts";

const STATUSES: [Status, string][] = [
  ["asserted", "asserted"],
  ["verified", "verified: heavy outline"],
  ["unverified", "unverified: pale, dotted"],
  ["disputed", "disputed or denied: hollow, dashed"],
];
const MOST_EACH = 50; // incidents listed under one reason

export class Panel {
  private readonly boxes = new Map<string, { box: HTMLInputElement; count: HTMLElement }>();
  private readonly also = make("input", { type: "checkbox" });
  private readonly within = make("input", { type: "checkbox" });
  private readonly unplaced = make("div", { class: "map-unplaced" });
  private readonly open = new Set<string>();

  constructor(host: HTMLElement, families: Twin["families"], changed: (change: Partial<State>) => void) {
    const types = make("fieldset", { class: "map-types" }, make("legend", {}, "Types"));
    for (const family of families) types.append(this.family(family, families, changed));
    this.also.addEventListener("change", () => changed({ also: this.also.checked }));
    this.within.addEventListener("change", () => changed({ within: this.within.checked }));
    host.append(
      types,
      make("label", { class: "map-choice" }, this.within, " Only what the map shows in list and timeline"),
      make("label", { class: "map-choice" }, this.also, " Also what was planned, demanded, feared or denied"),
      legend(),
      make("h2", {}, "Not on the map"),
      this.unplaced,
    );
  }

  private family(
    family: Twin["families"][number],
    families: Twin["families"],
    changed: (change: Partial<State>) => void,
  ): HTMLElement {
    const box = make("input", { type: "checkbox" });
    box.checked = true;
    const count = make("span", { class: "map-count" });
    box.addEventListener("change", () => {
      const chosen = families.map(({ key }) => key).filter((key) => this.boxes.get(key)?.box.checked);
      changed({ types: chosen.length === families.length ? null : new Set(chosen) });
    });
    this.boxes.set(family.key, { box, count });
    return make("label", { title: family.covers }, box, svgMark(family.key), ` ${family.name} `, count);
  }

  /** Shows what is chosen, how many there are of each family, and which incidents are not drawn. */
  show(state: State, counts: ReadonlyMap<string, number>, incidents: readonly Incident[]): void {
    for (const [key, { box, count }] of this.boxes) {
      box.checked = state.types === null || state.types.has(key);
      count.textContent = (counts.get(key) ?? 0).toLocaleString("en");
    }
    this.also.checked = state.also;
    this.within.checked = state.within;
    this.unplaced.replaceChildren(...this.reasons(incidents.filter((incident) => incident.drawn === "none")));
  }

  private reasons(incidents: readonly Incident[]): HTMLElement[] {
    if (incidents.length === 0) return [make("p", { class: "map-note" }, "All of these incidents are drawn.")];
    const groups = new Map<string, Incident[]>();
    for (const incident of incidents) {
      const reason = incident.reason ?? "no place is known";
      const group = groups.get(reason);
      if (group) group.push(incident);
      else groups.set(reason, [incident]);
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length).map(([reason, group]) => this.group(reason, group));
  }

  private group(reason: string, incidents: readonly Incident[]): HTMLElement {
    const box = make(
      "details",
      {},
      make("summary", {}, `${capital(reason)}: ${incidents.length.toLocaleString("en")}`),
    );
    const fill = () => {
      if (!box.open || box.querySelector("ul")) return;
      box.append(make("ul", {}, ...incidents.slice(0, MOST_EACH).map((incident) => make("li", {}, card(incident)))));
      const left = incidents.length - MOST_EACH;
      if (left > 0)
        box.append(make("p", { class: "map-note" }, `and ${left.toLocaleString("en")} more, in the table below`));
    };
    box.open = this.open.has(reason);
    fill();
    box.addEventListener("toggle", () => {
      if (box.open) this.open.add(reason);
      else this.open.delete(reason);
      fill();
    });
    return box;
  }
}

function legend(): HTMLElement {
  const sizes = make("li", {}, make("span", { class: "map-sizes" }), " larger: more independent origins");
  const dots = sizes.firstElementChild as HTMLElement;
  for (const size of ["s", "m", "l"]) {
    const mark = svgMark("harm");
    mark.classList.add(`map-mark-${size}`);
    dots.append(mark);
  }
  return make(
    "details",
    { class: "map-legend" },
    make("summary", {}, "What the marks say"),
    make(
      "ul",
      {},
      ...STATUSES.map(([status, said]) => make("li", {}, svgMark("harm", status), ` ${said}`)),
      make("li", {}, svgMark("harm", "asserted", "planned"), " planned, demanded, feared or denied: outline only"),
      sizes,
      make(
        "li",
        {},
        make("span", { class: "map-legend-ring" }, "7"),
        " a ring: several incidents at one place, by type",
      ),
      make(
        "li",
        {},
        make("span", { class: "map-legend-area" }, "Area: 3"),
        " hatched: somewhere in this area, known no better",
      ),
      make(
        "li",
        {},
        "Many places from afar: a dot each, in the colour of the type that prevails; empty where none does.",
      ),
      make("li", {}, "A thin circle around a mark: how far off the place may be."),
    ),
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function sayWhole(list: readonly Incident[], all: number): string {
  const drawn = list.filter((incident) => incident.drawn !== "none").length;
  const off = list.length - drawn;
  const shown =
    list.length === all ? plural(all, "incident") : `${list.length.toLocaleString("en")} of ${plural(all, "incident")}`;
  return off > 0 ? `${shown}; ${off.toLocaleString("en")} not on the map` : shown;
}
