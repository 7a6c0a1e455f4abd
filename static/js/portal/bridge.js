// Tells the host app that the message has arrived, so that it may close its webview. See docs/host-apps.md.
const sent = document.querySelector('[data-behaviour="sent"]');
const android = window.IMSupportHost;
const ios = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.imSupport;

if (sent) {
  const ref = sent.textContent.trim();
  if (android && android.onFeedbackSent) android.onFeedbackSent(ref);
  if (ios) ios.postMessage({ event: "sent", ref });
}
