// Plays the demo app's part: what an app's webview offers to our page, and an app's question how many answers wait.
const told = document.querySelector('[data-behaviour="demo-host"]');
const waiting = document.querySelector('[data-behaviour="demo-unread"]');

if (told) window.IMSupportHost = { onFeedbackSent() { told.hidden = false; } };

if (waiting) {
  const answer = await (await fetch(waiting.dataset.url)).json();
  waiting.querySelector("b").textContent = answer.unread;
  waiting.hidden = answer.unread === 0;
}
