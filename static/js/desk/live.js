// Asks every five seconds whether something changed and then swaps in the fresh parts; quiet while hidden.
const EVERY_MS = 5000;
const live = () => document.querySelector('[data-behaviour="live"]');
let asking = false;

const isBeingFilled = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, button");

function swap(page) {
  for (const now of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${now.dataset.part}"]`);
    if (!fresh || isBeingFilled(now)) continue;
    const held = now.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    now.replaceWith(fresh);
    if (held) [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === held)?.focus();
  }
}

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
