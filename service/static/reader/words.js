/** The labels: a letter, so that colour is not all that tells them apart, and who stands behind such a sentence. */
export const LABELS = {
  named: { letter: "N", meaning: "a named person" },
  official: { letter: "O", meaning: "an institution on the record" },
  anonymous: { letter: "A", meaning: "somebody unnamed" },
  unsourced: { letter: "U", meaning: "nobody but the writer" },
};

/** What a sentence is called that is text around the article. */
export const NO_LABEL = "not part of the article";

/** What a sentence is called. */
export function labelOf(sentence) {
  return sentence.label ?? NO_LABEL;
}

export const VERDICTS = {
  pass: "Pass: nothing that the policy warns of",
  warn: "Warn: look at the flags before publishing",
  hold: "Hold: the policy asks to settle the flags first",
};

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

export function percent(share) {
  return `${Math.round(100 * share)}%`;
}
