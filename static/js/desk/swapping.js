// Swaps fresh parts into the page and leaves alone what somebody has begun to fill in.
const chosenAtFirst = (select) => [...select.options].find((option) => option.defaultSelected) ?? select.options[0];

const differs = (field) => {
  if (field.matches("select")) return field.value !== chosenAtFirst(field)?.value;
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.matches("input, textarea") && field.type !== "hidden" && field.value !== field.defaultValue;
};

const isBegun = (form) => form.querySelector("details[open]") !== null || [...form.elements].some(differs);

const isBeingFilled = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, button");

function refocus(part, held) {
  if (!held) return;
  if (held.isConnected) return held.focus();
  const href = held.getAttribute("href");
  const action = held.form?.getAttribute("action");
  const again = href
    ? [...part.querySelectorAll("a")].find((link) => link.getAttribute("href") === href)
    : [...part.querySelectorAll("form")].find((form) => form.getAttribute("action") === action)?.querySelector("summary, button");
  again?.focus();
}

export function swap(page, sent = null) {
  for (const now of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${now.dataset.part}"]`);
    if (!fresh || (!sent && isBeingFilled(now))) continue;
    const held = now.contains(document.activeElement) ? document.activeElement : null;
    const begun = [...now.querySelectorAll("form")].filter((form) => form !== sent && isBegun(form));
    now.replaceWith(fresh);
    for (const form of begun) fresh.querySelector(`form[action="${form.getAttribute("action")}"]`)?.replaceWith(form);
    refocus(fresh, held);
  }
}
