import { describe, expect, it } from "vitest";
import { binOf, binStarts, isoDay, nextStart, parseDay, sayPeriod, startOf, ticks, unitFor } from "../src/days.ts";

const day = (text: string) => parseDay(text) as number;

describe("days", () => {
  it("reads and writes the same day, before 1970 too", () => {
    for (const text of ["2024-02-29", "1970-01-01", "1943-07-12"]) expect(isoDay(day(text))).toBe(text);
  });
  it("takes nothing else for a day", () => {
    for (const text of ["2024-02-31x", "2024-13-01", "2024", "", null, undefined]) expect(parseDay(text)).toBeNull();
  });
  it("begins weeks on Monday and months on the first", () => {
    expect(isoDay(startOf(day("2024-03-10"), "week"))).toBe("2024-03-04");
    expect(isoDay(startOf(day("1969-12-31"), "week"))).toBe("1969-12-29");
    expect(isoDay(nextStart(day("2024-02-01"), "month"))).toBe("2024-03-01");
  });
  it("covers a period with bins, each day in one", () => {
    const starts = binStarts(day("2024-01-30"), day("2024-03-02"), "month");
    expect(starts.map(isoDay)).toEqual(["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"]);
    expect(binOf(day("2024-02-29"), starts)).toBe(1);
    expect(binOf(day("2023-12-31"), starts)).toBe(-1);
  });
  it("chooses the finest unit that fits", () => {
    expect(unitFor(0, 99)).toBe("day");
    expect(unitFor(0, 500)).toBe("week");
    expect(unitFor(0, 5000)).toBe("month");
  });
  it("says periods as people do", () => {
    expect(sayPeriod(day("2024-03-04"), day("2024-03-09"))).toBe("4 to 9 Mar 2024");
    expect(sayPeriod(day("2024-02-28"), day("2024-03-03"))).toBe("28 Feb to 3 Mar 2024");
    expect(sayPeriod(day("2023-12-31"), day("2024-01-01"))).toBe("31 Dec 2023 to 1 Jan 2024");
  });
  it("labels an axis of any length with few ticks, all within it", () => {
    for (const days of [1, 9, 40, 200, 900, 9000]) {
      const made = ticks(1000, 999 + days, 6);
      expect(made.length).toBeLessThanOrEqual(14);
      expect(made.every((tick) => tick.day >= 1000 && tick.day < 1000 + days)).toBe(true);
    }
  });
});
