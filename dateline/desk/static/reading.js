// The reading view: words and fields light each other, keys for decisions, selected words into a form.
// The page works without this file: links jump, forms are sent.
//   a  accept    x  reject    c  correct    +  add a claim    n  read, next unread    u  unread    (j, k: keys.js)

const text = document.querySelector('[data-where="text"]');
const title = document.querySelector('[data-where="title"]');

// Words cannot be selected from within a link: in the text the links become buttons.
for (const link of document.querySelectorAll("a.seg")) {
  const made = document.createElement("span");
  for (const { name, value } of link.attributes) if (name !== "href") made.setAttribute(name, value);
  made.setAttribute("role", "button");
  made.tabIndex = 0;
  made.append(...link.childNodes);
  link.replaceWith(made);
}

// Nor from within what takes the focus when the mouse goes down (Chromium).
for (const place of [text, title]) {
  place?.addEventListener("mousedown", (event) => {
    const button = event.target.closest("[role='button']");
    if (!button) return;
    button.removeAttribute("tabindex");
    document.addEventListener("mouseup", () => (button.tabIndex = 0), { once: true });
  });
}

// --- lighting ---

const fields = (element) => (element.dataset.f ?? "").split(" ").filter(Boolean);

const isSentence = (field) => /\.(quote|also)\./.test(field);

function light(from) {
  const all = fields(from);
  const narrow = all.filter((field) => !isSentence(field)); // whole sentences only where nothing else is meant
  const wanted = new Set(narrow.length > 0 ? narrow : all);
  const inText = from.classList.contains("seg");
  let first;
  for (const each of document.querySelectorAll("[data-f]")) {
    const lit = each === from || fields(each).some((field) => wanted.has(field));
    each.classList.toggle("lit", lit);
    if (lit && each.classList.contains("seg") !== inText) first = narrowest(each, first, wanted);
  }
  return first;
}

// Of two on the other side, the one that says least beside what is wanted; of equals the first.
function narrowest(one, other, wanted) {
  if (!other) return one;
  const beside = (each) => fields(each).filter((field) => !wanted.has(field)).length;
  const whole = (each) => fields(each).every(isSentence);
  if (one.classList.contains("seg")) return other;
  if (whole(one) !== whole(other)) return whole(one) ? other : one;
  return beside(one) < beside(other) ? one : other;
}

function unlight() {
  for (const each of document.querySelectorAll(".lit")) each.classList.remove("lit");
}

const lamp = (target) => target.closest("a[data-f], [role='button'][data-f]");

document.addEventListener("click", (event) => {
  const from = lamp(event.target);
  if (!from || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (!getSelection().isCollapsed) return; // words are being selected
  const there = light(from);
  there?.scrollIntoView({ block: "nearest" });
  if (event.detail === 0) there?.focus({ preventScroll: true }); // Enter: back with Enter again
});

// --- keys ---

const card = () => document.querySelector(".card.claim.chosen");
const send = (form) => form?.requestSubmit();

function unfold(what, focus) {
  const details = card()?.querySelector(`details[data-do="${what}"]`);
  if (!details) return;
  details.open = true;
  const field = document.activeElement?.closest("[data-corrects]")?.dataset.corrects;
  const select = details.querySelector("select[name='field']");
  if (field && select) select.value = field;
  details.querySelector(focus).focus();
}

const actions = {
  a: () => send(card()?.querySelector("form[data-do='accept']")),
  x: () => unfold("reject", "input[name='reason']"),
  c: () => unfold("correct", "input[name='value']"),
  "+": () => {
    const form = document.getElementById("add");
    if (!form) return;
    form.open = true;
    form.querySelector("select").focus();
  },
  n: () => send(document.querySelector("form[data-do='next']")),
  u: () => send(document.querySelector("form[data-do='unread']")),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape") unlight();
  if (["Enter", " "].includes(event.key) && event.target.matches("[role='button'][data-f]")) {
    event.preventDefault();
    event.target.click();
    return;
  }
  const action = actions[event.key];
  if (!action || event.repeat) return;
  action();
  event.preventDefault();
});

// --- selected words ---

const length = (words) => [...words].length; // code points, as the record counts

// The offset in the report's own text of a place in the page; null outside of it.
function offset(node, at) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[at]?.parentElement ?? node)
    ?.closest?.("[data-s]");
  if (!holder) return null;
  const inside = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, at) : at > 0 ? holder.textContent : "";
  return Number(holder.dataset.s) + length(inside);
}

// What is selected, as [words, start, where]; null where that is nothing of the report.
function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const place = [text, title].find((each) => each?.contains(range.startContainer));
  if (!place) return null;
  let start = null;
  let words = "";
  for (const holder of place.querySelectorAll("[data-s]")) {
    if (!range.intersectsNode(holder)) continue;
    const own = holder.textContent;
    const from = holder.contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : null;
    const to = holder.contains(range.endContainer) ? offset(range.endContainer, range.endOffset) : null;
    const begins = Number(holder.dataset.s);
    const points = [...own].slice(from === null ? 0 : from - begins, to === null ? undefined : to - begins);
    if (points.length === 0) continue;
    start ??= from ?? begins;
    words += points.join("");
  }
  const before = length(words) - length(words.trimStart());
  return words.trim() ? [words.trim(), start + before, place.dataset.where] : null;
}

let last = null; // a click into a form takes the selection away
document.addEventListener("selectionchange", () => {
  last = selected() ?? last;
});

function take(input) {
  if (!last) return;
  const [words, start, where] = last;
  const known = input.list ? [...input.list.options].find((each) => each.dataset.words === words.replace(/\s+/g, " ")) : null;
  const more = input.dataset.takes === "more" && input.value.trim();
  const at = input.form.elements[`${input.name}_at`];
  const said = `${where === "title" ? "title:" : ""}${start}`;
  input.value = more ? `${input.value.trim()}; ${words}` : (known?.value ?? words);
  if (at) at.value = more && at.value ? `${at.value} ${said}` : said;
  input.focus();
}

for (const input of document.querySelectorAll("input[data-takes], textarea[data-takes]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "take";
  button.textContent = "Take the selected words";
  button.setAttribute("aria-describedby", input.id);
  button.addEventListener("click", () => take(input));
  input.after(button);
  // Words typed by hand no longer stand where the selected ones did.
  input.addEventListener("input", () => {
    const at = input.form.elements[`${input.name}_at`];
    if (at) at.value = "";
  });
}

// --- after a decision, on with the same card ---

const here = location.hash && document.getElementById(location.hash.slice(1));
here?.closest?.(".card.claim")?.querySelector("a, button")?.focus({ preventScroll: true });
