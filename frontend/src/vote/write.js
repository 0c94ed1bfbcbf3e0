// Writing a statement: a counter that goes with the words, and a draft that survives a reload.

const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function startWriting(area) {
  const counter = document.getElementById("v-count");
  const limit = Number(area.dataset.limit);
  const name = `samskap.draft.${location.pathname}`;
  const isNew = location.pathname.endsWith("/new/");

  const count = () => {
    const n = [...area.value.normalize("NFC").trim().replace(/\s+/g, " ")].length;
    counter.hidden = false;
    counter.dataset.state = n > limit ? "over" : "";
    counter.textContent = fill(n > limit ? counter.dataset.over : counter.dataset.words, { n, limit, over: n - limit });
  };
  try {
    if (isNew && !area.value) area.value = sessionStorage.getItem(name) ?? "";
    area.addEventListener("input", () => isNew && sessionStorage.setItem(name, area.value));
    area.form.addEventListener("submit", () => sessionStorage.removeItem(name));
  } catch { /* no storage: the draft lives in the page */ }
  area.addEventListener("input", count);
  count();
}
