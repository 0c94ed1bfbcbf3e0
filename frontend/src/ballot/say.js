// Words with gaps, and words for those who listen.

export function fill(words, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words);
}

export function announce(words) {
  document.dispatchEvent(new CustomEvent("samskap:say", { detail: words }));
}

// `sample` is 1,000 kroner as the server writes it: it tells the sign between thousands and where “kr” stands.
export function money(sample) {
  const [thousand, between] = sample.match(/1(\D?)000/);
  return (amount) => sample.replace(thousand, String(amount).replace(/\B(?=(\d{3})+$)/g, between));
}
