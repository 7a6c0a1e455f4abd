// Shows, while one types, what would be left out and why, and takes the writer's word for what discloses nothing.
// Works beside the form; without it nothing is missing.
const field = document.querySelector('[data-behaviour="check"]');
const live = document.getElementById("live");
const marks = document.getElementById("marks");
const usual = live ? live.textContent : "";
let timer = 0;
let asked = 0;
let shown = "";

function typed() {
  const body = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "agreement", "message", "subject", "name"]) {
    if (field.form.elements[name]) body.set(name, field.form.elements[name].value);
  }
  for (const kept of field.form.querySelectorAll('input[name="released"]')) body.append("released", kept.value);
  return body;
}

function show(part) {
  marks.textContent = "";
  marks.append(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
  for (const button of marks.querySelectorAll("button")) {
    button.type = "button";
    button.removeAttribute("formaction");
  }
}

async function check() {
  const turn = asked += 1;
  try {
    const answer = await fetch(field.dataset.url, { method: "POST", body: typed(), headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { said, little_left: isLittleLeft, part } = await answer.json();
    if (turn !== asked) return;
    const all = isLittleLeft ? `${said} ${live.dataset.little}` : said || usual;
    live.classList.toggle("hint", !said);
    if (live.textContent !== all) live.textContent = all;
    if (document.getElementById("checked")) document.getElementById("checked").remove();
    if (shown !== part) show(part);
    shown = part;
  } catch {
    live.textContent = usual;
  }
}

async function say(button) {
  const { name, value } = button;
  if (name === "released") {
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    field.form.prepend(kept);
  } else {
    for (const kept of field.form.querySelectorAll('input[name="released"]')) if (kept.value === value) kept.remove();
  }
  await check();
  const next = Array.from(marks.querySelectorAll("button")).find((one) => one.value === value);
  (next || field).focus();
}

function openNeeds() {
  const needs = document.getElementById("needs");
  needs.closest("details").open = true;
  needs.querySelector("input").focus();
}

if (field && live) {
  for (const name of ["message", "subject", "name"]) {
    const typing = field.form.elements[name];
    if (typing && typing.addEventListener) typing.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, 600);
    });
  }
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".marks button, .marks a");
    if (!pressed) return;
    if (pressed.type === "button") say(pressed);
    if (pressed.tagName !== "A") return;
    event.preventDefault();
    openNeeds();
  });
  if (field.value && !document.getElementById("checked")) check();
}
