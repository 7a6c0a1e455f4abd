// Sends the words first and says that they arrived; files follow one by one, each with its own progress and retry.
// Whatever the server does not take is sent as the browser would send it, so that its own page says why.
const form = document.querySelector('[data-behaviour="send"]');
const WORDS_MS = 30000;
const FILE_MS = 300000;
let pressed = null;

function say(kind) {
  const said = document.getElementById("sending");
  said.className = kind === "failed" ? "wrong" : "hint";
  said.textContent = said.dataset[kind];
  said.hidden = false;
}

async function sendWords() {
  const body = new FormData(form);
  body.delete("attachments");
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), WORDS_MS);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body, headers, signal: control.signal });
    return answer.ok ? await answer.json() : {};
  } finally {
    clearTimeout(timer);
  }
}

function sendFile(file, key, url, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("idempotency_key", key);
    body.append("attachments", file);
    request.open("POST", url);
    request.timeout = FILE_MS;
    request.responseType = "json";
    request.upload.onprogress = (event) => { progress.value = event.loaded / event.total; };
    request.onloadend = () => resolve({ status: request.status, said: (request.response || {}).said });
    request.send(body);
  });
}

function follow(arrived, files) {
  const page = document.getElementById("arrived").content.cloneNode(true).firstElementChild;
  const [list, status] = [page.querySelector("ul"), page.querySelector("[role=status]")];
  const line = list.querySelector("template").content.firstElementChild;
  const key = form.elements.idempotency_key.value;
  page.querySelector("[data-ref]").textContent = arrived.ref;
  page.querySelector("a").href = arrived.next;
  const waiting = files.map((file, number) => {
    const row = line.cloneNode(true);
    const [state, progress, again] = [row.querySelector("span + progress + span"), row.querySelector("progress"), row.querySelector("button")];
    row.querySelector("span").textContent = file.name;
    progress.setAttribute("aria-label", file.name);
    again.setAttribute("aria-label", `${again.textContent}: ${file.name}`);
    const send = async () => {
      again.hidden = true;
      progress.hidden = false;
      row.dataset.done = "";
      state.className = "hint";
      state.textContent = line.dataset.sending;
      const { status: code, said } = await sendFile(file, `${key}:${number}`, arrived.files, progress);
      row.dataset.done = code === 200 ? "yes" : "no";
      progress.hidden = code !== 200;
      state.className = code === 200 ? "hint" : "wrong";
      state.textContent = code === 200 ? line.dataset.arrived : said || line.dataset.failed;
      again.hidden = code === 200 || Boolean(said);
      const missing = Array.from(list.querySelectorAll('[data-done="no"]'));
      status.textContent = missing.map((one) => `${one.children[0].textContent}: ${one.children[2].textContent}`).join(" ");
      page.querySelector("a").parentNode.hidden = !missing.length;
      if (!list.querySelector('li:not([data-done="yes"])')) location.replace(arrived.next);
    };
    again.addEventListener("click", send);
    list.append(row);
    return send;
  });
  const main = document.getElementById("main");
  main.textContent = "";
  main.append(page);
  page.querySelector("h1").focus();
  waiting.reduce((before, send) => before.then(send), Promise.resolve());
}

if (form && window.FormData && window.AbortController) {
  form.addEventListener("click", (event) => { pressed = event.target.closest("button") || pressed; });
  form.addEventListener("submit", async (event) => {
    const button = form.querySelector("[data-send]");
    if (pressed && pressed.hasAttribute("formaction")) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say("sending");
    try {
      const arrived = await sendWords();
      const files = Array.from(form.elements.attachments.files);
      if (!arrived.next) form.submit();
      else if (files.length) follow(arrived, files);
      else location.assign(arrived.next);
    } catch (error) {
      say("failed");
    }
    button.disabled = false;
  });
}
