import { describe, expect, it } from "vitest";
import { NOTHING_CHOSEN, readBox, readState, writeState } from "../src/state.ts";

describe("state in the address", () => {
  it("comes back as it was written", () => {
    const search =
      "?since=2024-03-04&until=2024-03-09&types=fighting,harm&also=1&bbox=25.000,30.500,49.250,42.000&within=1&span=2024-01-01,2024-12-31&unit=week";
    expect(writeState(readState(search), "")).toBe(search);
  });
  it("leaves what is not its own in the address, and takes out what is", () => {
    expect(writeState(NOTHING_CHOSEN, "?country=SY&since=2024-01-01")).toBe("?country=SY");
    expect(writeState(NOTHING_CHOSEN, "")).toBe("");
  });
  it("takes nonsense for nothing", () => {
    expect(readState("?since=soon&bbox=1,2,3&unit=hour&span=a,b&types=")).toEqual(NOTHING_CHOSEN);
  });
  it("takes boxes of the world only", () => {
    expect(readBox("-180,-90,180,90")).toEqual([-180, -90, 180, 90]);
    for (const text of ["10,0,5,1", "0,0,200,1", "0,,1,1", "a,b,c,d", null]) expect(readBox(text)).toBeNull();
  });
});
