// Fills the form with what an app put behind the # of the address, which no server sees. See docs/host-apps.md.
const panel = document.querySelector('[data-behaviour="prefill"]');
const facts = document.getElementById("facts");

function fill(field, value) {
  if (!value || field.value) return null;
  field.value = value.slice(0, field.maxLength);
  return () => { field.value = ""; };
}

function share(row, value) {
  const said = row.querySelector("span");
  const box = row.querySelector("[type=checkbox]");
  row.querySelector("[type=hidden]").value = value;
  said.textContent = `${said.dataset.label}: ${value}`;
  row.hidden = false;
  box.checked = true;
  return () => { box.checked = false; };
}

function count() {
  document.getElementById("shared").textContent = facts.querySelectorAll("label:not([hidden]) :checked").length;
}

function list(words, value, remove) {
  const line = panel.querySelector("template").content.cloneNode(true).firstElementChild;
  const button = line.querySelector("button");
  line.querySelector("span").textContent = `${words}: ${value}`;
  button.setAttribute("aria-label", `${button.textContent}: ${words}`);
  button.addEventListener("click", () => {
    remove();
    count();
    const after = line.nextElementSibling;
    line.remove();
    const next = (after || panel).querySelector("button");
    panel.hidden = !next;
    (next || document.getElementById("id_message")).focus();
  });
  panel.querySelector("ul").append(line);
  panel.hidden = false;
}

function prefill() {
  if (!location.hash) return;
  const told = new URLSearchParams(location.hash.slice(1));
  for (const name of ["name", "email"]) {
    const value = (told.get(name) || "").trim();
    const remove = fill(document.getElementById(`id_${name}`), value);
    if (remove) list(panel.dataset[name], value, remove);
  }
  for (const row of facts.querySelectorAll("label")) {
    const value = (told.get(row.dataset.fact) || "").trim().slice(0, 40);
    if (value) list(row.querySelector("span").dataset.label, value, share(row, value));
  }
  facts.closest("details").hidden = !facts.querySelector("label:not([hidden])");
  history.replaceState(null, "", location.pathname + location.search);
  count();
}

if (panel && facts) {
  facts.addEventListener("change", count);
  addEventListener("hashchange", prefill);
  prefill();
}
