// Asks every five seconds whether something changed and then swaps in the fresh parts; quiet while hidden.
import { swap } from "./swapping.js";

const EVERY_MS = 5000;
const live = () => document.querySelector('[data-behaviour="live"]');
let asking = false;

async function ask() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const url = new URL(live().dataset.url, location.href);
    url.searchParams.set("since", live().dataset.since);
    const answer = await fetch(url, { redirect: "error" });
    if (answer.status !== 200) return;
    const page = await fetch(location.href, { redirect: "error" });
    if (page.ok) swap(new DOMParser().parseFromString(await page.text(), "text/html"));
  } catch {
    // The network is away or the session is over; the next round asks again.
  } finally {
    asking = false;
  }
}

if (live()) {
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
}
