// One key each: j and k walk the list, r answers, n notes, a goes to the button that asks for needs, x leaves out what
// is selected, u goes back to the queue, ? says so. None of them sends anything.
import { leaveOutSelected } from "./leaving.js";

const typing = (target) => target.matches("input, textarea, select");

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById("keys");
  if (help?.open && event.key !== "?") return;
  const rows = [...document.querySelectorAll(".list a")];
  const at = rows.indexOf(document.activeElement);
  const moves = {
    j: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(),
    k: () => rows[Math.max(at - 1, 0)]?.focus(),
    r: () => document.getElementById("id_answer")?.focus(),
    n: () => document.getElementById("id_note")?.focus(),
    a: () => document.getElementById("ask_needs")?.focus(),
    x: leaveOutSelected,
    u: () => location.assign("/desk/"),
    "?": () => (help?.open ? help.close() : help?.showModal()),
  };
  if (Object.hasOwn(moves, event.key)) {
    event.preventDefault();
    moves[event.key]();
  }
});
