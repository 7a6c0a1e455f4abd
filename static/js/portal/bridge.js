// Tells the host app that the message has arrived, so that it may close its webview. See docs/host-apps.md.
const sent = document.querySelector('[data-behaviour="sent"]');

if (sent) {
  const ref = sent.textContent.trim();
  window.IMSupportHost?.onFeedbackSent?.(ref);
  window.webkit?.messageHandlers?.imSupport?.postMessage({ event: "sent", ref });
}
