// Sends the forms of a ticket without leaving it, so that what is typed elsewhere on the page stays.
import { swap } from "./swapping.js";

const said = document.getElementById("said");
const say = (which) => (said.textContent = said.dataset[which]);
const composed = () => [...document.querySelectorAll(".composer textarea")];
const isUnsent = () => composed().some((words) => words.value.trim() !== "");
const underWay = new WeakSet();

const sameIn = (page, form) => page.querySelector(`form[action="${form.getAttribute("action")}"]`);
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

function emptied(form, sent, page) {
  const words = form.elements.words;
  const fresh = sameIn(page, form);
  if (words.value === sent.get("words")) words.value = "";
  form.elements.idempotency_key.value = fresh.elements.idempotency_key.value;
  if (form.querySelector(".wrong")) drawnAnew(form, fresh).focus();
}

function drawnAnew(form, fresh) {
  fresh.elements.words.value = form.elements.words.value;
  form.replaceWith(fresh);
  return fresh.elements.words;
}

function objected(form, page) {
  const fresh = sameIn(page, form);
  const why = fresh?.querySelector(".wrong");
  if (!why) return say("wrong");
  const words = drawnAnew(form, fresh);
  said.textContent = why.textContent.replace(/\s+/g, " ");
  (fresh.matches(".composer") ? fresh.querySelector("button") : words).focus();
}

async function settle(form, sent, answer) {
  if (answer.status === 403) return say("out");
  if (answer.status === 404) return say("gone");
  if (answer.status === 400 || answer.status === 409) return objected(form, await parsed(answer));
  if (!answer.ok) return say("failed");
  if (new URL(answer.url).pathname !== location.pathname) {
    return isUnsent() ? say("stayed") : location.assign(answer.url);
  }
  const page = await parsed(answer);
  if (form.matches(".composer")) emptied(form, sent, page);
  swap(page, form);
  say("done");
}

async function send(form, button) {
  if (underWay.has(form)) return;
  underWay.add(form);
  const sent = new URLSearchParams(new FormData(form, button));
  said.textContent = "";
  try {
    await settle(form, sent, await fetch(form.getAttribute("action"), { method: "POST", body: sent }));
  } catch {
    say("failed");
  } finally {
    underWay.delete(form);
  }
}

document.getElementById("main").addEventListener("submit", (event) => {
  if (event.target.getAttribute("method") !== "post") return;
  event.preventDefault();
  send(event.target, event.submitter);
});

addEventListener("beforeunload", (event) => {
  if (isUnsent()) event.preventDefault();
});
