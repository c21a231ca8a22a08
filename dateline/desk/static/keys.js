// Keys for those who stay at the keyboard. Every page works without this file.
//   j, k     next, previous item of the list          Enter, o   open it
//   /        to the search field                       ?          keys and help
//   g + key  to a page: the keys stand in the navigation as data-go

const items = () => [...document.querySelectorAll("[data-item]")].filter((each) => each.offsetParent !== null);
let at = -1;
let going = 0; // until when the key behind `g` is waited for

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function show(index) {
  const all = items();
  if (all.length === 0) return;
  all[at]?.classList.remove("chosen");
  at = Math.max(0, Math.min(index, all.length - 1));
  const chosen = all[at];
  chosen.classList.add("chosen");
  const target = chosen.querySelector("[data-open], a, button") ?? chosen;
  if (target === chosen) chosen.tabIndex = -1;
  target.focus({ preventScroll: true });
  chosen.scrollIntoView({ block: "nearest" });
}

function follow(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (link) location.assign(link.href);
}

const actions = {
  j: () => show(at + 1),
  k: () => show(at < 0 ? 0 : at - 1),
  o: () => items()[at]?.querySelector("[data-open]")?.click(),
  "/": () => (document.querySelector("main [data-search]") ?? document.querySelector("[data-search]"))?.focus(),
  "?": () => location.assign("/help"),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (typing(event.target)) return;
  if (Date.now() < going) {
    going = 0;
    follow(event.key);
    event.preventDefault();
    return;
  }
  if (event.key === "g") {
    going = Date.now() + 1500;
    return;
  }
  const action = actions[event.key];
  if (action) {
    action();
    event.preventDefault();
  }
});

// A chosen item stays the chosen one when it is reached by Tab or by a click.
document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (!item) return;
  const all = items();
  all[at]?.classList.remove("chosen");
  at = all.indexOf(item);
  item.classList.add("chosen");
});
