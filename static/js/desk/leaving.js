// Puts the words that are selected in a message into the form below it, by which they are left out.
let chosen = null;

function wordsOf(range) {
  const words = range.cloneContents();
  for (const mark of words.querySelectorAll(".left-out")) mark.remove();
  return words.textContent.trim();
}

function remember() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const holder = (around.nodeType === Node.TEXT_NODE ? around.parentElement : around).closest(".words, h1, dd");
  const place = holder?.closest("[data-place]")?.dataset.place;
  chosen = place ? { place, words: wordsOf(range) } : null;
}

const formOf = (place) =>
  [...document.querySelectorAll(".leave-out")].find((form) => form.getAttribute("action").endsWith(`/${place}/`));

function fill(form) {
  const { words, category } = form.elements;
  if (!chosen || formOf(chosen.place) !== form || words.value.trim() !== "") return words.focus();
  words.value = chosen.words;
  category.focus();
}

export function leaveOutSelected() {
  remember();
  const form = chosen && formOf(chosen.place);
  if (form) form.querySelector("details").open = true;
}

document.addEventListener("selectionchange", remember);
document.addEventListener(
  "toggle",
  (event) => {
    const form = event.target.closest(".leave-out");
    if (form && event.target.open) fill(form);
  },
  true,
);
