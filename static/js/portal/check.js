// Says, while one types, what would be left out and why. Works beside the form; without it nothing is missing.
const field = document.querySelector('[data-behaviour="check"]');
const live = document.getElementById("live");
const usual = live ? live.textContent : "";
let timer = 0;

async function check() {
  const body = new URLSearchParams({ message: field.value });
  body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(field.dataset.url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { spans } = await answer.json();
    const categories = [...new Set(spans.map((span) => span.category.replace("_", " ")))];
    const quoted = spans.map((span) => `“${[...field.value].slice(span.start, span.end).join("")}”`).join(" ");
    live.textContent = categories.length
      ? `${live.dataset.words} ${categories.join(", ")}, ${live.dataset.why} ${quoted}`
      : usual;
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
