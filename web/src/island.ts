// Map, timeline, panel and table tied together: one state, kept in the address, and views that only show it.

import { choose, countFamilies, ofType } from "./choose.ts";
import { make, seldom } from "./dom.ts";
import type { IncidentMap } from "./map.ts";
import { Panel, sayWhole } from "./panel.ts";
import { type Box, readState, type State, writeState } from "./state.ts";
import { Table } from "./table.ts";
import { Timeline } from "./timeline.ts";
import { type Incident, readTwin, type Twin } from "./types.ts";

declare const MAP_WORKER: string; // the worker's file beside this one, named by the build

const QUICK_MS = 1500; // moves of the map that follow each other so fast are one step back

export async function startMap(host: HTMLElement): Promise<void> {
  host.hidden = false;
  const status = make("p", { class: "map-status", role: "status" }, "Loading the incidents…");
  host.append(status);
  const answer = await fetch(need(host, "source"), { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the incidents could not be loaded: ${answer.status}`);
  const { families, incidents, cut } = readTwin(await answer.json());
  const island = new Island(host, status, families, incidents, cut);
  await island.addMap();
}

class Island {
  private state: State;
  private readonly frame = make("div", { class: "map-frame" });
  private readonly timeline: Timeline;
  private readonly panel: Panel;
  private readonly table: Table | null;
  private map: IncidentMap | null = null;
  private covered: boolean | null = null; // whether the timeline's days are those of all incidents
  private moved = Number.NEGATIVE_INFINITY;
  private readonly soon = seldom(() => this.show(), 30);

  constructor(
    private readonly host: HTMLElement,
    private readonly status: HTMLElement,
    private readonly families: Twin["families"],
    private readonly incidents: readonly Incident[],
    private readonly cut: boolean,
  ) {
    this.state = readState(location.search);
    const keys = families.map(({ key }) => key);
    const side = make("div", { class: "map-panel" });
    const below = make("div", { class: "map-timeline" });
    host.append(make("div", { class: "map-grid" }, this.frame, below, side));
    this.timeline = new Timeline(below, keys, (period, done) => this.change(period, done));
    this.panel = new Panel(side, families, (change) => this.changeView(change));
    const table = document.getElementById(host.dataset.table ?? "");
    const reveal = hasWebGL() ? (incident: Incident) => this.reveal(incident) : null;
    this.table = table instanceof HTMLTableElement ? new Table(table, reveal) : null;
    window.addEventListener("popstate", () => this.back());
    this.show();
  }

  /** The map, where the browser can draw one. */
  async addMap(): Promise<void> {
    if (!hasWebGL()) {
      this.frame.replaceChildren(
        make(
          "p",
          { class: "map-none" },
          "This browser draws no map (WebGL is off). The table below holds the same incidents.",
        ),
      );
      return;
    }
    const [{ IncidentMap }, { loadBasemap }] = await Promise.all([import("./map.ts"), import("./basemap.ts")]);
    const basemap = await loadBasemap(need(this.host, "basemap"), need(this.host, "labels"));
    this.map = await IncidentMap.open(this.frame, basemap, {
      families: this.families.map(({ key }) => key),
      worker: new URL(MAP_WORKER, import.meta.url).href,
      box: this.state.bbox,
      moved: (box) => this.panned(box),
    });
    this.show();
    if (this.state.bbox === null) this.fit();
  }

  private fit(): void {
    this.map?.fit(choose(this.incidents, this.state).map, false);
  }

  private show(): void {
    const chosen = choose(this.incidents, this.state);
    const { state } = this;
    if (this.covered !== state.also) {
      this.timeline.setWhole(this.incidents.filter((each) => ofType(each, { ...state, types: null })));
      this.covered = state.also;
    }
    this.timeline.show(chosen.timeline, state);
    this.map?.show(chosen.map);
    this.panel.show(state, countFamilies(this.incidents, state), chosen.map);
    this.table?.show(chosen.list);
    this.status.textContent = `${sayWhole(chosen.list, this.incidents.length)}.${this.cut ? " Older ones are not looked at here." : ""}`;
  }

  /** A new choice; with `done` it becomes a step in the browser's history. */
  private change(change: Partial<State>, done: boolean): void {
    this.state = { ...this.state, ...change };
    if (done) {
      history.pushState(null, "", this.address());
      this.show();
    } else this.soon();
  }

  /** A choice that needs to know what the map shows. */
  private changeView(change: Partial<State>): void {
    const box = change.within && this.state.bbox === null ? (this.map?.box() ?? null) : this.state.bbox;
    this.change({ bbox: box, ...change }, true);
  }

  private panned(box: Box): void {
    this.state = { ...this.state, bbox: box };
    const now = performance.now();
    if (now - this.moved < QUICK_MS) history.replaceState(null, "", this.address());
    else history.pushState(null, "", this.address());
    this.moved = now;
    if (this.state.within) this.show();
  }

  private back(): void {
    this.state = readState(location.search);
    this.show();
    if (this.state.bbox) this.map?.go(this.state.bbox, false);
    else this.fit();
  }

  private reveal(incident: Incident): void {
    this.frame.scrollIntoView({ block: "nearest" });
    this.map?.reveal(incident);
  }

  private address(): string {
    return location.pathname + writeState(this.state, location.search);
  }
}

function need(host: HTMLElement, name: string): string {
  const value = host.dataset[name];
  if (!value) throw new Error(`data-${name} is missing`);
  return value;
}

function hasWebGL(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}
