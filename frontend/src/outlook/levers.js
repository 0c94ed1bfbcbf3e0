// Sliders beside the numbers of a form. The number is what is sent; the slider follows it and moves it.

/** The fields that carry a lever or a parameter. */
export const fields = (form) => [...form.querySelectorAll("input[type=number]")];

/** The boxes that choose what the levers start from. */
export const choices = (form) => [...form.querySelectorAll("input[type=checkbox]")];

/** What the address holds: what is changed, in the order of the form. */
export function asked(form) {
  const found = new URLSearchParams();
  const rest = restOf(form);
  for (const field of fields(form)) {
    const value = field.value.trim();
    if (value !== "" && Number(value) !== rest.get(field.id)) found.set(field.name, String(Number(value)));
  }
  for (const box of choices(form)) if (box.checked) found.set(box.name, box.value);
  const group = form.elements.group?.value;
  if (group) found.set("group", group);
  return found;
}

const sliders = (form) => [...form.querySelectorAll("input.o-slider")];
const restOf = (form) => new Map(sliders(form).map((slider) => [slider.dataset.for, Number(slider.dataset.rest)]));

/** Show the sliders, keep slider and number together, and call `moved` when one of them changes. */
export function joinSliders(form, moved) {
  for (const slider of sliders(form)) {
    const field = document.getElementById(slider.dataset.for);
    slider.hidden = slider.disabled = false;
    const follow = () => {
      slider.value = field.value === "" ? slider.dataset.rest : field.value;
    };
    slider.addEventListener("input", () => {
      field.value = slider.value;
      moved();
    });
    field.addEventListener("input", () => {
      follow();
      if (field.validity.valid) moved();
    });
    form.addEventListener("o:set", follow);
  }
  for (const box of choices(form)) box.addEventListener("change", () => moved());
  for (const field of fields(form)) {
    if (!sliders(form).some((slider) => slider.dataset.for === field.id)) {
      field.addEventListener("change", () => field.validity.valid && moved());
    }
  }
}
