// The page's own table, which holds the same incidents where there is no JavaScript. Its rows are kept and shown by what
// is chosen; rows that the server left out for length are made alike.

import { pageOf } from "./cards.ts";
import { button, make } from "./dom.ts";
import { svgMark } from "./marks.ts";
import type { Incident } from "./types.ts";

const STEP = 100; // rows at a time

export class Table {
  private readonly body: HTMLTableSectionElement;
  private readonly columns: readonly string[];
  private readonly rows = new Map<string, HTMLTableRowElement>();
  private readonly more: HTMLButtonElement;
  private readonly table: HTMLTableElement;
  private readonly reveal: ((incident: Incident) => void) | null;
  private list: readonly Incident[] = [];
  private shown = STEP;

  /** `table` has `data-column` on its headings and `data-incident` on its rows; `reveal` shows one on the map. */
  constructor(table: HTMLTableElement, reveal: ((incident: Incident) => void) | null) {
    this.table = table;
    this.reveal = reveal;
    this.body = table.tBodies[0] ?? table.createTBody();
    this.columns = [...table.querySelectorAll("thead [data-column]")].map(
      (cell) => cell.getAttribute("data-column") ?? "",
    );
    for (const row of this.body.rows) {
      const id = row.dataset.incident;
      if (id) this.rows.set(id, row);
    }
    this.more = button("", () => {
      this.shown += STEP;
      this.draw();
    });
    table.after(make("p", { class: "map-more" }, this.more));
    this.tellPaging();
  }

  /** Shows these incidents, the first hundred of them. */
  show(list: readonly Incident[]): void {
    if (list !== this.list) this.shown = STEP;
    this.list = list;
    this.draw();
  }

  private draw(): void {
    const some = this.list.slice(0, this.shown);
    this.body.replaceChildren(...some.map((incident) => this.row(incident)));
    const left = this.list.length - some.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show ${Math.min(STEP, left)} more of ${left.toLocaleString("en")}`;
  }

  private row(incident: Incident): HTMLTableRowElement {
    const known = this.rows.get(incident.id);
    const row =
      known ??
      make(
        "tr",
        { "data-item": "", "data-incident": incident.id },
        ...this.columns.map((name) => cell(name, incident)),
      );
    if (!known) this.rows.set(incident.id, row);
    const type = row.cells[this.columns.indexOf("type")];
    if (type && !type.querySelector("svg"))
      type.prepend(svgMark(incident.family, incident.status, incident.happened), " ");
    if (this.reveal && incident.drawn !== "none" && !row.querySelector(".map-reveal")) this.addReveal(row, incident);
    return row;
  }

  private addReveal(row: HTMLTableRowElement, incident: Incident): void {
    const at = this.columns.indexOf("place");
    const seek = () => this.reveal?.(incident);
    const label = `on map: ${incident.sentence}`;
    row.cells[at]?.append(" ", button("on map", seek, { class: "map-reveal", "aria-label": label }));
  }

  /** Links to further pages of the table, where the server cut it, are of no use now. */
  private tellPaging(): void {
    for (const each of document.querySelectorAll<HTMLElement>(`[data-pages-of="${this.table.id}"]`)) each.hidden = true;
  }
}

const LABELS: Record<string, string> = {
  days: "When",
  sentence: "What",
  type: "Type",
  place: "Place",
  killed: "Killed",
  origins: "Origins",
  status: "How surely",
};

/** A cell as the server's template makes it (templates/map.html). */
function cell(name: string, incident: Incident): HTMLTableCellElement {
  const label = { "data-label": LABELS[name] ?? name };
  const { place, reason: unknown } = incident;
  switch (name) {
    case "days":
      return make("td", { ...label, class: "days" }, incident.days || "no day");
    case "sentence": {
      const link = make("a", { href: pageOf(incident), "data-open": "", dir: "auto" }, incident.sentence);
      return make("th", { ...label, scope: "row" }, link);
    }
    case "type":
      return make("td", label, incident.event_name);
    case "place": {
      const reason = unknown ? make("span", { class: "quiet" }, ` (${unknown})`) : null;
      return make("td", { ...label, dir: "auto" }, place, reason);
    }
    case "killed":
      return make("td", { ...label, class: "num" }, incident.killed ?? "");
    case "origins":
      return make("td", { ...label, class: "num" }, `${incident.origins}`);
    case "status":
      return make("td", label, incident.status_name);
    default:
      return make("td", label);
  }
}
