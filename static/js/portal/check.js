// Says, while one types, what would be left out and why. Works beside the form; without it nothing is missing.
const field = document.querySelector('[data-behaviour="check"]');
const live = document.getElementById("live");
const usual = live ? live.textContent : "";
let timer = 0;

async function check() {
  const body = new URLSearchParams({ message: field.value });
  for (const name of ["csrfmiddlewaretoken", "agreement"]) {
    if (field.form.elements[name]) body.set(name, field.form.elements[name].value);
  }
  try {
    const answer = await fetch(field.dataset.url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { spans, little_left: isLittleLeft } = await answer.json();
    const labels = [...new Set(spans.map((span) => span.label))].join(", ");
    const quoted = spans.map((span) => `“${[...field.value].slice(span.start, span.end).join("")}”`).join(" ");
    const said = spans.length ? `${live.dataset.words} ${labels}, ${live.dataset.why} ${quoted}` : usual;
    const all = isLittleLeft ? `${said} ${live.dataset.little}` : said;
    live.classList.toggle("hint", !spans.length);
    if (live.textContent !== all) live.textContent = all;
  } catch {
    live.textContent = usual;
  }
}

if (field && live) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, 600);
  });
}
