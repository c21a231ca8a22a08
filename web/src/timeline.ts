// The timeline: counts by day, week or month, spans of what lasted or is not known to the day, and a period to choose.
// With the keyboard: two date fields, and the handles of the period (arrows move them).

import { type Bars, bars, busyDays, extent } from "./bars.ts";
import {
  binOf,
  type Day,
  isoDay,
  nextStart,
  parseDay,
  sayDay,
  sayPeriod,
  startOf,
  ticks,
  type Unit,
  unitFor,
} from "./days.ts";
import { button, make, plural } from "./dom.ts";
import type { Incident } from "./types.ts";

const SVG = "http://www.w3.org/2000/svg";
const BAR_HEIGHT = 84;
const LANE = 9;
const LANES = 6;
const AXIS = 22;
const EDGE = 12;
const WIDEST = 40; // a bar

export interface Period {
  since: Day | null;
  until: Day | null;
  span: [Day, Day] | null;
  unit: Unit | null;
}

type Grip =
  | { kind: "new"; from: number }
  | { kind: "since" | "until" }
  | { kind: "move"; from: Day; period: [Day, Day] };

export class Timeline {
  private readonly svg = element("svg", { class: "map-timeline-chart", role: "group", "aria-label": "Timeline" });
  private readonly chart = element("g");
  private readonly brush = element("g");
  private readonly since = make("input", { type: "date" });
  private readonly until = make("input", { type: "date" });
  private readonly units = make("select", {});
  private readonly note = make("p", { class: "map-note" });
  private readonly zoomIn: HTMLButtonElement;
  private readonly zoomOut: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;
  private whole: [Day, Day] | null = null;
  private busy: [Day, Day] | null = null;
  private period: Period = { since: null, until: null, span: null, unit: null };
  private incidents: readonly Incident[] = [];
  private drawn: Bars | null = null;
  private grip: Grip | null = null;
  private readonly families: ReadonlyMap<string, number>;
  private readonly keys: readonly string[];
  private readonly changed: (period: Period, done: boolean) => void;

  /** `changed` is told the new period: while it is being drawn, and with `done` at the end. */
  constructor(host: HTMLElement, families: readonly string[], changed: (period: Period, done: boolean) => void) {
    this.keys = families;
    this.families = new Map(families.map((key, n) => [key, n]));
    this.changed = changed;
    this.zoomIn = button("Zoom to period", () => this.zoom(true));
    this.zoomOut = button("Whole time", () => this.zoom(false));
    this.clear = button("Clear period", () => this.tell({ since: null, until: null }, true));
    for (const [value, label] of [
      ["", "fitting"],
      ["day", "day"],
      ["week", "week"],
      ["month", "month"],
    ] as const) {
      this.units.append(make("option", { value }, label));
    }
    this.svg.append(definitions(), this.chart, this.brush);
    host.append(this.controls(), this.svg, this.note);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  /** The days that all incidents of the page cover. */
  setWhole(incidents: readonly Incident[]): void {
    this.whole = extent(incidents);
    this.busy = busyDays(incidents);
    this.drawn = null;
    if (!this.whole) return;
    for (const field of [this.since, this.until]) {
      field.min = isoDay(this.whole[0]);
      field.max = isoDay(this.whole[1]);
    }
  }

  /** Shows these incidents and this period. */
  show(incidents: readonly Incident[], period: Period): void {
    const same = incidents.length === this.incidents.length && incidents.every((each, n) => each === this.incidents[n]);
    const moved = period.span !== this.period.span || period.unit !== this.period.unit;
    this.incidents = incidents;
    this.period = period;
    this.since.value = period.since === null ? "" : isoDay(period.since);
    this.until.value = period.until === null ? "" : isoDay(period.until);
    this.units.value = period.unit ?? "";
    const chosen = period.since !== null || period.until !== null;
    this.zoomIn.disabled = !chosen;
    this.clear.disabled = !chosen;
    const [first, last] = this.shown();
    this.zoomOut.disabled = !this.whole || (first <= this.whole[0] && last >= this.whole[1]);
    if (!same || moved || !this.drawn) this.draw();
    else this.drawBrush();
  }

  private controls(): HTMLElement {
    return make(
      "div",
      { class: "map-controls" },
      make("label", {}, "From ", this.since),
      make("label", {}, "to ", this.until),
      make("label", {}, "Count by ", this.units),
      this.zoomIn,
      this.zoomOut,
      this.clear,
    );
  }

  private listen(): void {
    const fields = () => {
      const since = parseDay(this.since.value);
      const until = parseDay(this.until.value);
      if (since !== null && until !== null && since > until) this.tell({ since: until, until: since }, true);
      else this.tell({ since, until }, true);
    };
    this.since.addEventListener("change", fields);
    this.until.addEventListener("change", fields);
    this.units.addEventListener("change", () => this.tell({ unit: (this.units.value || null) as Unit | null }, true));
    this.svg.addEventListener("pointerdown", (event) => this.take(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", (event) => this.drop(event));
    this.svg.addEventListener("pointercancel", () => {
      this.grip = null;
    });
    this.svg.addEventListener("dblclick", () => this.tell({ since: null, until: null }, true));
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  private tell(change: Partial<Period>, done: boolean): void {
    this.changed({ ...this.period, ...change }, done);
  }

  private zoom(close: boolean): void {
    const [first, last] = this.shown();
    const { since, until } = this.period;
    this.tell({ span: close ? [since ?? first, until ?? last] : this.whole }, true);
  }

  // --- where things are -------------------------------------------------------------------------------------------

  private shown(): [Day, Day] {
    return this.period.span ?? this.busy ?? [0, 0];
  }

  private unit(): Unit {
    const [first, last] = this.shown();
    const { unit } = this.period;
    const finest = unitFor(first, last, 800);
    if (unit === null) return unitFor(first, last, Math.max(30, Math.floor(this.width() / 7)));
    return unit === "day" && finest !== "day" ? finest : unit;
  }

  private width(): number {
    return Math.max(200, this.svg.clientWidth) - 2 * EDGE;
  }

  private range(): [Day, Day] {
    const starts = this.drawn?.starts ?? [0, 1];
    return [starts[0] as Day, starts.at(-1) as Day];
  }

  private x(day: Day): number {
    const [first, end] = this.range();
    return EDGE + ((day - first) / (end - first)) * this.width();
  }

  private dayAt(event: PointerEvent): Day {
    const [first, end] = this.range();
    const left = this.svg.getBoundingClientRect().left;
    const day = first + Math.floor(((event.clientX - left - EDGE) / this.width()) * (end - first));
    return Math.max(first, Math.min(end - 1, day));
  }

  /** The days of the bin that holds a day. */
  private bin(day: Day): [Day, Day] {
    const start = startOf(day, this.unit());
    return [start, nextStart(start, this.unit()) - 1];
  }

  // --- drawing ----------------------------------------------------------------------------------------------------

  private draw(): void {
    if (!this.whole) {
      this.note.textContent = "None of these incidents has a day.";
      return;
    }
    this.drawn = bars(this.incidents, this.families, this.shown(), this.unit(), LANES);
    const lanes = Math.max(0, ...this.drawn.spans.map((span) => span.lane + 1));
    const height = BAR_HEIGHT + lanes * LANE + AXIS + 6;
    this.svg.setAttribute("height", `${height}`);
    this.svg.setAttribute("viewBox", `0 0 ${this.width() + 2 * EDGE} ${height}`);
    this.chart.replaceChildren(...this.bars(this.drawn), ...this.spans(this.drawn), ...this.axis(height));
    this.drawBrush();
    this.tellNote(this.drawn);
  }

  private bars({ counts, starts, most }: Bars): SVGElement[] {
    const paths = counts.map(() => "");
    const scale = (BAR_HEIGHT - 14) / Math.max(1, most);
    for (let bin = 0; bin < starts.length - 1; bin++) {
      const left = this.x(starts[bin] as Day);
      const right = this.x(starts[bin + 1] as Day);
      const gap = Math.max((right - left - WIDEST) / 2, Math.min(1, (right - left) * 0.15));
      let top = BAR_HEIGHT;
      counts.forEach((of, family) => {
        const height = (of[bin] as number) * scale;
        if (height === 0) return;
        top -= height;
        paths[family] +=
          `M${(left + gap).toFixed(1)} ${top.toFixed(1)}H${(right - gap).toFixed(1)}v${height.toFixed(1)}H${(left + gap).toFixed(1)}Z`;
      });
    }
    const drawn: SVGElement[] = paths.map((d, n) =>
      element("path", { d, class: `map-bar map-family-${this.keys[n]}` }),
    );
    const scaleLabel = element("text", { x: `${EDGE}`, y: "9", class: "map-axis" });
    scaleLabel.textContent = most > 0 ? `at most ${most} a ${this.unit()}` : "";
    return [scaleLabel, ...drawn];
  }

  private spans({ spans }: Bars): SVGElement[] {
    const [first, end] = this.range();
    return spans.map((span) => {
      const from = this.x(Math.max(first, span.first));
      const to = this.x(Math.min(end, span.last + 1));
      const drawn = element("rect", {
        x: from.toFixed(1),
        y: `${BAR_HEIGHT + 5 + span.lane * LANE}`,
        width: Math.max(3, to - from).toFixed(1),
        height: `${LANE - 3}`,
        class: `map-span map-family-${span.incident.family}`,
      });
      if (span.fuzzy) drawn.setAttribute("mask", "url(#map-fade)");
      const title = element("title");
      const when = sayPeriod(span.first, span.last);
      title.textContent = `${span.incident.sentence} (${span.fuzzy ? `some time from ${when}` : when})`;
      drawn.append(title);
      return drawn;
    });
  }

  private axis(height: number): SVGElement[] {
    const [first, end] = this.range();
    const line = element("line", {
      x1: `${EDGE}`,
      x2: `${EDGE + this.width()}`,
      y1: `${BAR_HEIGHT}`,
      y2: `${BAR_HEIGHT}`,
    });
    line.setAttribute("class", "map-axis-line");
    const made: SVGElement[] = [line];
    for (const { day, label } of ticks(first, end - 1, Math.max(2, Math.floor(this.width() / 84)))) {
      const x = this.x(day);
      const mark = element("line", { x1: `${x}`, x2: `${x}`, y1: `${BAR_HEIGHT}`, y2: `${height - AXIS + 6}` });
      mark.setAttribute("class", "map-axis-line");
      const text = element("text", { x: `${x + 2}`, y: `${height - 6}`, class: "map-axis" });
      text.textContent = label;
      if (x < EDGE + this.width() - 24) made.push(mark, text);
    }
    return made;
  }

  private tellNote({ unlaned, undated, outside }: Bars): void {
    const parts = [
      ...(outside > 0 ? [`${plural(outside, "incident")} in other days: see the whole time`] : []),
      ...(unlaned > 0 ? [`${plural(unlaned, "further span")} not drawn for want of room`] : []),
      ...(undated > 0
        ? [`${plural(undated, "incident")} without a day ${undated === 1 ? "is" : "are"} in no period`]
        : []),
    ];
    this.note.textContent = `Bars count incidents of one ${this.unit()}; spans last longer, with faded ends where the day is not known.${
      parts.length > 0 ? ` ${parts.join("; ")}.` : ""
    }`;
  }

  private drawBrush(): void {
    const { since, until } = this.period;
    const held = document.activeElement?.getAttribute("data-handle");
    if ((since === null && until === null) || !this.drawn) {
      this.brush.replaceChildren();
      return;
    }
    const [first, end] = this.range();
    const from = this.x(Math.max(first, Math.min(end, since ?? first)));
    const to = this.x(Math.max(first, Math.min(end, (until ?? end - 1) + 1)));
    const height = Number(this.svg.getAttribute("height")) - AXIS + 4;
    const shade = (x: number, width: number, kind: string) =>
      element("rect", { x: `${x}`, y: "0", width: `${Math.max(0, width)}`, height: `${height}`, class: kind });
    const right = EDGE + this.width();
    this.brush.replaceChildren(
      shade(EDGE, from - EDGE, "map-brush-out"),
      shade(to, right - to, "map-brush-out"),
      shade(from, to - from, "map-brush-in"),
      this.handle("since", from, since ?? first, height),
      this.handle("until", to, until ?? end - 1, height),
    );
    if (held) this.brush.querySelector<SVGElement>(`[data-handle=${held}]`)?.focus();
  }

  private handle(which: "since" | "until", x: number, day: Day, height: number): SVGElement {
    const [first, end] = this.range();
    const grip = element("g", {
      class: "map-handle",
      "data-handle": which,
      tabindex: "0",
      role: "slider",
      "aria-label": which === "since" ? "First day of the period" : "Last day of the period",
      "aria-valuemin": `${first}`,
      "aria-valuemax": `${end - 1}`,
      "aria-valuenow": `${day}`,
      "aria-valuetext": sayDay(day),
    });
    grip.append(
      element("rect", { x: `${x - 9}`, y: "0", width: "18", height: `${height}`, class: "map-handle-room" }),
      element("line", { x1: `${x}`, x2: `${x}`, y1: "0", y2: `${height}` }),
      element("rect", { x: `${x - 3}`, y: `${BAR_HEIGHT / 2 - 11}`, width: "6", height: "22", rx: "2" }),
    );
    return grip;
  }

  // --- choosing a period ------------------------------------------------------------------------------------------

  private take(event: PointerEvent): void {
    if (event.button !== 0 || !this.drawn) return;
    const day = this.dayAt(event);
    const handle = (event.target as Element).closest("[data-handle]")?.getAttribute("data-handle");
    const { since, until } = this.period;
    const [first, end] = this.range();
    if (handle === "since" || handle === "until") this.grip = { kind: handle };
    else if ((since !== null || until !== null) && (event.target as Element).classList.contains("map-brush-in")) {
      this.grip = { kind: "move", from: day, period: [since ?? first, until ?? end - 1] };
    } else this.grip = { kind: "new", from: day };
    this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  private drag(event: PointerEvent): void {
    const change = this.change(event);
    if (change) this.tell(change, false);
  }

  private drop(event: PointerEvent): void {
    const change = this.change(event);
    this.grip = null;
    if (change) this.tell(change, true);
  }

  private change(event: PointerEvent): Partial<Period> | null {
    const { grip } = this;
    if (!grip) return null;
    const [from, to] = this.bin(this.dayAt(event));
    const [first, end] = this.range();
    const { since, until } = this.period;
    switch (grip.kind) {
      case "new": {
        const [one, other] = this.bin(grip.from);
        return { since: Math.min(one, from), until: Math.max(other, to) };
      }
      case "since":
        return { since: Math.min(from, this.bin(until ?? end - 1)[0]), until };
      case "until":
        return { since, until: Math.max(to, this.bin(since ?? first)[1]) };
      case "move": {
        const by = from - this.bin(grip.from)[0];
        const room = Math.max(first - grip.period[0], Math.min(end - 1 - grip.period[1], by));
        return { since: grip.period[0] + room, until: grip.period[1] + room };
      }
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      this.tell({ since: null, until: null }, true);
      return;
    }
    const which = (event.target as Element).getAttribute("data-handle");
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 }[event.key];
    if (!step || (which !== "since" && which !== "until")) return;
    event.preventDefault();
    const starts = this.drawn?.starts ?? [];
    const [first, end] = this.range();
    const bin = binOf(this.period[which] ?? (which === "since" ? first : end - 1), starts);
    const to = Math.max(0, Math.min(starts.length - 2, bin + step));
    const day = which === "since" ? (starts[to] as Day) : (starts[to + 1] as Day) - 1;
    const { since, until } = this.period;
    if (which === "since" ? until !== null && day > until : since !== null && day < since) return;
    this.tell(which === "since" ? { since: day } : { until: day }, true);
  }
}

function element<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A mask that fades both ends. */
function definitions(): SVGElement {
  const fade = element("linearGradient", { id: "map-fade-shade" });
  for (const [offset, opacity] of [
    ["0", ".1"],
    [".35", "1"],
    [".65", "1"],
    ["1", ".1"],
  ] as const) {
    fade.append(element("stop", { offset, "stop-color": "#fff", "stop-opacity": opacity }));
  }
  const mask = element("mask", { id: "map-fade", maskContentUnits: "objectBoundingBox" });
  mask.append(element("rect", { width: "1", height: "1", fill: "url(#map-fade-shade)" }));
  const made = element("defs");
  made.append(fade, mask);
  return made;
}
