// Verifies the receipt that this page holds, with nothing but the page: no server is asked, the network may be off.
"use strict";

function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function encoded(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Only the one canonical way to write base64url is taken: other last letters would stand for the same bytes.
function decoded(written) {
  const raw = Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  if (encoded(raw) !== written) throw new Error("written otherwise");
  return raw;
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const P = 2n ** 255n - 19n;
const OF_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const OF_SMALL_ORDER = [0n, 1n, P - 1n, OF_ORDER_8, P - OF_ORDER_8];

const numbered = (bytes) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

// Browsers differ in what they let pass: a second form of a signature, and a key whose signature fits many messages.
function isStrict(key, signature) {
  const y = BigInt.asUintN(255, numbered(key));
  const isSound = key.length === 32 && y < P && !OF_SMALL_ORDER.includes(y);
  return isSound && signature.length === 64 && numbered(signature.slice(32)) < ORDER;
}

const utf8 = (text) => new TextEncoder().encode(text);

const sha256 = async (...parts) => {
  const bytes = Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
};
const unhexed = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => Number.parseInt(pair, 16));
const hexed = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function isSigned(own, signature, message) {
  const imported = await crypto.subtle.importKey("raw", own, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, message);
}

// The root to which a path leads from a leaf (RFC 9162, 2.1.3.2).
async function rootOver(leaf, index, size, path) {
  let [made, at, last] = [leaf, index, size - 1];
  for (const sibling of path) {
    if (last === 0) return "";
    const isRight = at % 2 === 1 || at === last;
    made = await (isRight ? sha256([1], sibling, made) : sha256([1], made, sibling));
    while (isRight && at % 2 === 0 && at) [at, last] = [at / 2, Math.floor(last / 2)];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hexed(made) : "";
}

// Each event stands in the ledger's tree under a signed head; within the hour of an act there is none over it yet.
async function standsInLedger(receipt, keys) {
  const { "ims:ledger": ledger, "dpv:hasRecordOfActivity": events } = receipt;
  if (ledger === null) return true;
  const key = keys.find((one) => one.kid === ledger.kid);
  const [own, signature] = [key && decoded(key.x), decoded(ledger.signature)];
  if (!key || !isStrict(own, signature) || ledger.paths.length !== events.length) return false;
  if (!(await isSigned(own, signature, utf8(canonical(ledger.head))))) return false;
  for (const [at, event] of events.entries()) {
    const leaf = await sha256([0], unhexed(event["ims:hash"]));
    const root = await rootOver(leaf, event["ims:number"] - 1, ledger.head.size, ledger.paths[at].map(unhexed));
    if (root !== ledger.head.root) return false;
  }
  return true;
}

// Gives the key that signed the receipt, or null when it is not genuine to the byte.
async function verifyReceipt(bytes, keys) {
  let key, own, parts, receipt, signature;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const whole = JSON.parse(text);
    if (canonical(whole) !== text || Object.keys(whole).sort().join() !== "jws,receipt") return null;
    parts = whole.jws.split(".");
    const header = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decoded(parts[0]));
    const told = JSON.parse(header);
    if (parts.length !== 3 || canonical(told) !== header || Object.keys(told).sort().join() !== "alg,kid") return null;
    if (told.alg !== "Ed25519" || parts[1] !== encoded(utf8(canonical(whole.receipt)))) return null;
    key = keys.find((one) => one.kid === told.kid);
    signature = decoded(parts[2]);
    receipt = whole.receipt;
    own = key && decoded(key.x);
    if (!key || !isStrict(own, signature)) return null;
  } catch {
    return null;
  }
  if (!(await isSigned(own, signature, utf8(`${parts[0]}.${parts[1]}`)))) return null;
  return (await standsInLedger(receipt, keys)) ? key : null;
}

// The words to read are part of what was signed: the page is changed when it shows any others.
function isAsSigned(document, written) {
  const shown = Array.from(document.querySelectorAll("[data-line]"), (line) => line.textContent);
  return canonical(shown) === canonical(JSON.parse(written).receipt["dct:description"]);
}

async function tell() {
  const receipt = document.querySelector("textarea");
  let outcome = "unable";
  try {
    const keys = JSON.parse(receipt.dataset.keys);
    const signed = await verifyReceipt(utf8(receipt.defaultValue), keys);
    outcome = signed && isAsSigned(document, receipt.defaultValue) ? "genuine" : "changed";
  } catch {
    // A browser that knows no Ed25519 says so; that tells nothing of the receipt.
  }
  for (const said of document.querySelectorAll("[data-outcome]")) said.hidden = said.dataset.outcome !== outcome;
}

tell();
