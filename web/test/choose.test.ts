import { describe, expect, it } from "vitest";
import { bars, busyDays, intoLanes } from "../src/bars.ts";
import { choose, countFamilies } from "../src/choose.ts";
import { boxAround, circle, pixelsAtZoom0 } from "../src/geometry.ts";
import { markName, outlineOf, ringName } from "../src/marks.ts";
import { gather, prevailing, ringSize, sayCount, shares, shortName, sizeOf } from "../src/places.ts";
import { NOTHING_CHOSEN } from "../src/state.ts";
import { type Incident, readTwin, SCHEMA } from "../src/types.ts";

let made = 0;
function incident(change: Partial<Incident> & { at?: [number, number] } = {}): Incident {
  const { at, ...rest } = change;
  const first = rest.first === undefined ? 100 : rest.first;
  return {
    id: `i${made++}`,
    sentence: "An invented incident.",
    event: "battle",
    event_name: "battle",
    family: "fighting",
    status: "asserted",
    status_name: "asserted",
    happened: "happened",
    origins: 1,
    reports: 1,
    first_day: null,
    last_day: null,
    day_known: true,
    days: "",
    killed: null,
    first,
    last: first,
    place: "Torvessa (BV)",
    drawn: at ? "spot" : "none",
    reason: at ? null : "no place is told",
    lon: at?.[0] ?? null,
    lat: at?.[1] ?? null,
    radius_km: 5,
    division: null,
    ...rest,
  };
}

describe("choosing", () => {
  const here = incident({ at: [10, 10] });
  const far = incident({ at: [50, 50], family: "harm", first: 200 });
  const nowhere = incident();
  const undated = incident({ first: null, at: [10, 10] });
  const planned = incident({ happened: "planned", at: [10, 10] });
  const all = [here, far, nowhere, undated, planned];

  it("holds what happened, and the rest when asked", () => {
    expect(choose(all, NOTHING_CHOSEN).list).toEqual([here, far, nowhere, undated]);
    expect(choose(all, { ...NOTHING_CHOSEN, also: true }).list).toEqual(all);
  });
  it("leaves each view without its own filter", () => {
    const chosen = choose(all, { ...NOTHING_CHOSEN, since: 90, until: 110, bbox: [0, 0, 20, 20], within: true });
    expect(chosen.list).toEqual([here]);
    expect(chosen.timeline).toEqual([here, undated]);
    expect(chosen.map).toEqual([here, nowhere]);
  });
  it("keeps periods that only overlap", () => {
    const long = incident({ first: 50, last: 95 });
    expect(choose([long], { ...NOTHING_CHOSEN, since: 90 }).list).toEqual([long]);
    expect(choose([long], { ...NOTHING_CHOSEN, since: 96 }).list).toEqual([]);
  });
  it("counts families whatever families are chosen", () => {
    const counts = countFamilies(all, { ...NOTHING_CHOSEN, types: new Set(["harm"]) });
    expect([...counts]).toEqual([
      ["fighting", 3],
      ["harm", 1],
    ]);
  });
});

describe("places", () => {
  it("gathers by place, areas by their division, and leaves out what is not drawn", () => {
    const area = { place: "A", drawn: "area", reason: null, radius_km: 80, division: 7 } as const;
    const one = incident({ ...area, lat: 1, lon: 1 });
    const other = incident({ ...area, lat: 2, lon: 2 });
    const found = gather([incident({ at: [3, 4] }), incident({ at: [3, 4] }), one, other, incident()]);
    expect(found.map(({ key, incidents }) => [key, incidents.length])).toEqual([
      ["s4.0000,3.0000", 2],
      ["d7", 2],
    ]);
  });
  it("shares a ring out: eight parts, none for who is not there, one at least for who is", () => {
    expect(shares([1, 0, 1])).toEqual([4, 0, 4]);
    expect(shares([0, 0])).toEqual([0, 0]);
    for (const counts of [[1000, 1, 1, 1, 1, 1], [3, 3, 3], [1], [5, 0, 9, 2]]) {
      const parts = shares(counts);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(8);
      expect(parts.every((part, n) => part > 0 === (counts[n] as number) > 0)).toBe(true);
    }
  });
  it("says sizes, counts and names briefly", () => {
    expect([1, 2, 3, 4, 9].map(sizeOf)).toEqual([0, 1, 2, 2, 3]);
    expect([2, 5, 20, 100].map(ringSize)).toEqual([0, 1, 2, 3]);
    expect([7, 999, 1250, 9999, 20_000].map(sayCount)).toEqual(["7", "999", "1.2k", "9.9k", "20k"]);
    expect(shortName("near Quorrin (BV)")).toBe("near Quorrin");
    expect([prevailing(["a", "b"], [2, 1]), prevailing(["a", "b"], [1, 1])]).toEqual(["a", ""]);
  });
});

describe("timeline", () => {
  const families = new Map([
    ["fighting", 0],
    ["harm", 1],
  ]);

  it("counts what lies in one bin and draws the rest as spans", () => {
    const long = incident({ first: 98, last: 103, day_known: false });
    const found = bars(
      [incident(), incident({ family: "harm" }), long, incident({ first: null })],
      families,
      [95, 105],
      "day",
      3,
    );
    expect(found.counts.map((of) => of[5])).toEqual([1, 1]);
    expect([found.most, found.undated, found.unlaned]).toEqual([2, 1, 0]);
    expect(found.spans.map(({ first, last, lane, fuzzy }) => [first, last, lane, fuzzy])).toEqual([[98, 103, 0, true]]);
  });
  it("lets no span cover another, and drops those of fewest origins", () => {
    const span = (first: number, last: number, origins: number) => ({
      incident: incident({ origins }),
      first,
      last,
      family: 0,
      lane: -1,
      fuzzy: false,
    });
    const placed = intoLanes([span(0, 9, 1), span(5, 12, 4), span(10, 20, 2)], 1);
    expect(placed.map(({ first }) => first)).toEqual([5]);
    expect(intoLanes([span(0, 9, 1), span(10, 12, 4)], 1).length).toBe(2);
  });
  it("begins with the busy days where a few far earlier ones would squeeze them", () => {
    const busy = Array.from({ length: 40 }, (_, n) => incident({ first: 1000 + (n % 10) }));
    expect(busyDays([...busy, incident({ first: 1 })])).toEqual([1000, 1009]);
    expect(busyDays(busy)).toEqual([1000, 1009]);
    expect(busyDays([incident({ first: null })])).toBeNull();
  });
});

describe("geometry and marks", () => {
  it("draws circles that close, and boxes around them", () => {
    const ring = circle(40, 60, 111.195);
    expect(ring[0]).toEqual(ring.at(-1));
    expect(Math.max(...ring.map(([, lat]) => lat))).toBeCloseTo(61, 1);
    expect(boxAround([{ lon: 10, lat: 0, radiusKm: 111.195 }])?.map((d) => Math.round(d * 10) / 10)).toEqual([
      9, -1, 11, 1,
    ]);
    expect(boxAround([])).toBeNull();
    expect(pixelsAtZoom0(78.271517, 0)).toBeCloseTo(1, 6);
  });
  it("outlines by status, and never fills what did not happen", () => {
    expect(outlineOf("verified", "happened").width).toBeGreaterThan(outlineOf("asserted", "happened").width);
    expect(outlineOf("disputed", "happened").dash.length).toBeGreaterThan(0);
    expect(outlineOf("verified", "planned").fill).toBe(0);
    expect(markName("harm", "asserted", "possible", 2)).toBe("mark:harm:asserted:not:2");
    expect(ringName(1, [4, 4])).toBe("ring:1:4-4");
  });
});

describe("the twin", () => {
  it("is refused where it is none", () => {
    for (const told of [null, {}, { schema: "other", incidents: [], families: [] }])
      expect(() => readTwin(told)).toThrow();
  });
  it("gives days as numbers, the one for the other where only one is known", () => {
    const told = { ...incident(), first_day: "1970-01-11", last_day: null };
    const [read] = readTwin({ schema: SCHEMA, families: [], incidents: [told] }).incidents;
    expect([read?.first, read?.last]).toEqual([10, 10]);
  });
});
