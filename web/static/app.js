"use strict";
// Every page works without this file; it only spares steps.

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
const all = (root, selector) => [...root.querySelectorAll(selector)];

function focusTrouble(root) {
  const wrong = root.querySelector("[data-focus], [aria-invalid='true']");
  if (wrong) wrong.focus();
}

// htmx 2 and 4 name the event differently.
for (const name of ["htmx:afterSwap", "htmx:after:swap"]) {
  document.addEventListener(name, (event) => focusTrouble(event.target));
}

// Popovers made of <details data-popover>
function closePopovers(except) {
  all(document, "details[data-popover][open]").forEach((box) => {
    if (!except || !box.contains(except)) box.open = false;
  });
}
document.addEventListener("click", (event) => closePopovers(event.target));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details[data-popover][open]");
  if (!open) return;
  closePopovers(null);
  open.querySelector("summary").focus();
});

// <input type="checkbox" data-select-all="name"> ticks every box of that name in its form
function selectAll(box) {
  const scope = box.form || document;
  all(scope, `input[type="checkbox"][name="${CSS.escape(box.dataset.selectAll)}"]`).forEach((one) => { one.checked = box.checked; });
}

// <input type="checkbox" data-counted="id"> writes into #id how many boxes of its name are ticked in its form
function count(box) {
  const ticked = all(box.form, `input[name="${CSS.escape(box.name)}"]:checked`).length;
  document.getElementById(box.dataset.counted).textContent = ticked;
}

// <form data-gate>: its [data-gated] button looks refused until every [data-gate-tick] is ticked; the server decides.
function gate(form) {
  const missing = all(form, "[data-gate-tick]").some((tick) => !tick.checked);
  all(form, "[data-gated]").forEach((button) => {
    button.classList.toggle("btn-refused", missing);
    button.classList.toggle("btn-primary", !missing);
    button.setAttribute("aria-disabled", String(missing));
  });
}
document.addEventListener("click", (event) => {
  const button = closest(event, "[data-gated][aria-disabled='true']");
  if (!button) return;
  event.preventDefault();
  button.form.querySelector("[data-gate-tick]:not(:checked)").focus();
});

// <form data-autosave="url"> with [data-autosave-status] in it
const waiting = new Map();
async function autosave(form) {
  clearTimeout(waiting.get(form));
  if (!waiting.delete(form)) return;
  const status = form.querySelector("[data-autosave-status]");
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields, headers: { Accept: "text/plain" } });
    if (answer.ok) delete form.dataset.changed;
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    if (status) status.textContent = plain ? await answer.text() : answer.ok ? "" : status.dataset.failed || "";
  } catch {
    if (status) status.textContent = status.dataset.failed || "";
  }
}
document.addEventListener("input", (event) => {
  const form = closest(event, "form[data-unsaved], form[data-autosave]");
  if (!form) return;
  form.dataset.changed = "yes";
  if (!form.dataset.autosave) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => autosave(form), 1500));
});
document.addEventListener("focusout", (event) => {
  const form = closest(event, "form[data-autosave]");
  if (form) autosave(form);
});

// Typed text that is not saved yet
document.addEventListener("submit", (event) => { delete event.target.dataset.changed; });
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved][data-changed]")) event.preventDefault();
});

// [data-rows] holds rows, then <template data-row>; "__n__" in it becomes the row's number, counted from 0 (or data-next)
function addRow(rows) {
  const template = rows.querySelector("template[data-row]");
  const holder = document.createElement(template.parentElement.tagName);
  const number = Number(rows.dataset.next || template.parentElement.children.length - 1);
  rows.dataset.next = String(number + 1);
  holder.innerHTML = template.innerHTML.replaceAll("__n__", String(number));
  const row = holder.firstElementChild;
  template.before(row);
  return row;
}
const cells = (row) => all(row, "input:not([type='hidden']):not([type='checkbox']), select, textarea");
const rowOf = (cell, rows) => all(rows, "tr, [data-line]").find((row) => row.contains(cell));

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-add-row]");
  const rows = button && (button.closest("[data-rows]") || document.querySelector("[data-rows]"));
  if (!rows) return;
  event.preventDefault();
  cells(addRow(rows))[0].focus();
});
document.addEventListener("keydown", (event) => {
  const rows = event.key === "Enter" && closest(event, "[data-rows]");
  const row = rows && event.target.matches("input, select") && rowOf(event.target, rows);
  if (!row || cells(row).at(-1) !== event.target) return;
  event.preventDefault();
  const next = row.nextElementSibling;
  cells(next && cells(next).length ? next : addRow(rows))[0].focus();
});

// <table data-down>: Enter in a figure goes to the same figure of the next row
document.addEventListener("keydown", (event) => {
  const table = event.key === "Enter" && closest(event, "table[data-down]");
  if (!table || !event.target.matches("input.figure")) return;
  event.preventDefault();
  const leaf = event.target.name.split(".").at(-1);
  const column = all(table, `input.figure[name$=".${CSS.escape(leaf)}"]`);
  const next = column[column.indexOf(event.target) + 1];
  if (next) next.select();
  (next || event.target.form.querySelector("#record")).focus();
});

// A select takes the option whose value or words were pasted
function fill(cell, text) {
  const words = text.trim().normalize("NFC");
  const option = cell.options && [...cell.options].find((one) => one.value === words || one.text.trim() === words);
  cell.value = cell.options ? (option ? option.value : cell.value) : words;
}
document.addEventListener("paste", (event) => {
  const rows = closest(event, "[data-rows]");
  const text = rows ? event.clipboardData.getData("text/plain").replace(/\r?\n$/, "") : "";
  if (!/[\t\n]/.test(text) || event.target.matches("textarea")) return;
  event.preventDefault();
  let row = rowOf(event.target, rows);
  const first = cells(row).indexOf(event.target);
  for (const line of text.split(/\r?\n/)) {
    if (!row || !cells(row).length) row = addRow(rows);
    line.split("\t").forEach((words, n) => { if (cells(row)[first + n]) fill(cells(row)[first + n], words); });
    row = row.nextElementSibling;
  }
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) selectAll(event.target);
  if (event.target.matches("[data-counted]")) count(event.target);
  if (event.target.form && event.target.form.matches("[data-gate]")) gate(event.target.form);
});
all(document, "form[data-gate]").forEach(gate);
all(document, ".rail [aria-current]").forEach((here) => here.scrollIntoView({ block: "nearest", inline: "nearest" }));
focusTrouble(document);
