// The islands of the desk: each element with `data-island` gets the one it names. A page works without any of them.

import { startMap } from "./island.ts";
import "./map.css";

const islands: Record<string, (element: HTMLElement) => Promise<void>> = { map: startMap };

for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
  const start = islands[element.dataset.island ?? ""];
  start?.(element).catch((error: unknown) => {
    element.hidden = false;
    element.textContent = `This part of the page could not be started (${error}). The table below holds the same.`;
  });
}
