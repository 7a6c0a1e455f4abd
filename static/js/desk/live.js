// Asks every five seconds whether a visible ticket changed, and offers the fresh list; quiet while hidden.
const live = document.querySelector('[data-behaviour="live"]');

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`${live.dataset.url}?since=${live.dataset.since}`);
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    for (const part of [".list", ".rail"]) {
      const [now, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (now && fresh && !now.contains(document.activeElement)) now.replaceWith(fresh);
    }
    live.dataset.since = page.querySelector('[data-behaviour="live"]').dataset.since;
  } catch {
    // The network is away; the next round asks again.
  }
}

if (live) setInterval(ask, 5000);
