// 1, 2, 3 answer and Z undoes. Single keys can be in the way of speech input, so they can be switched off.

const CHOICES = { 1: 1, 2: -1, 3: 0 };
const NAME = "samskap.keys";

export function keyboard({ vote, undo }) {
  const place = document.getElementById("v-keys");
  const box = document.getElementById("v-keys-on");
  let isOn = true;
  try { isOn = localStorage.getItem(NAME) !== "off"; } catch { /* not kept */ }
  const draw = () => document.querySelectorAll("[data-hint]").forEach((hint) => { hint.hidden = !isOn; });
  if (place) place.hidden = false;
  if (box) {
    box.checked = isOn;
    box.addEventListener("change", () => {
      isOn = box.checked;
      try { localStorage.setItem(NAME, isOn ? "on" : "off"); } catch { /* not kept */ }
      draw();
    });
  }
  draw();
  document.addEventListener("keydown", (event) => {
    if (!isOn || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
    if (event.key in CHOICES) vote(CHOICES[event.key]);
    else if (event.key.toLowerCase() === "z") undo();
    else return;
    event.preventDefault();
  });
}
