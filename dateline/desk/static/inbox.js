// Keys of the inbox: a letter takes up what the button of that letter does in the chosen group. What needs a reason asks
// for it first, and Enter sends it. Every one of them is a button of a form, so nothing here is needed.

const chosen = () => document.querySelector("[data-item].chosen");
let pending = null; // the button whose reason is being written

function take(button) {
  const details = button.closest("details");
  if (details) details.open = true;
  const form = button.form;
  const why = details ? form.querySelector("[data-why]") : null;
  if (!why || why.value.trim()) {
    form.requestSubmit(button);
    return;
  }
  pending = button;
  const other = form.elements.other;
  const first = button.value !== "not_for_us" && other && other.tagName === "INPUT" && !other.value ? other : why;
  first.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && pending && event.target.closest("input")?.form === pending.form) {
    event.preventDefault();
    const why = pending.form.querySelector("[data-why]");
    if (why.value.trim()) pending.form.requestSubmit(pending);
    else why.focus();
    return;
  }
  if (event.key === "Escape") pending = null;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const button = chosen()?.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  take(button);
});
