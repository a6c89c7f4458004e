import { element } from "./dom.js";
import { LABELS, NO_LABEL, VERDICTS, count, labelOf, percent } from "./words.js";

/** The verdict in a line. */
export function verdictText({ verdict, flags, document: summary }) {
  const strength = summary.strength === null ? "" : `, strength ${summary.strength.toFixed(2)}`;
  return `${VERDICTS[verdict]} (${count(flags.length, "flag")}, ${count(summary.sentences, "sentence")}${strength}).`;
}

/** How each label looks, what it means, and how many sentences have it. */
export function renderLegend({ counts, boilerplate }) {
  const items = Object.entries(LABELS).map(([label, { letter, meaning }]) =>
    element(
      "li",
      {},
      element("b", {}, String(counts[label])),
      " ",
      element("span", { class: "sample", "data-label": label }, label, element("sup", { "aria-hidden": "true" }, letter)),
      ` ${meaning}`,
    ),
  );
  if (boilerplate) items.push(element("li", {}, element("b", {}, String(boilerplate)), " ", element("i", {}, NO_LABEL)));
  return items;
}

export function renderFlags(flags) {
  if (!flags.length) return [element("li", {}, "None.")];
  return flags.map((flag) =>
    element(
      "li",
      { "data-severity": flag.severity },
      element("b", {}, `⚑ ${flag.severity}`),
      ` ${flag.message} `,
      ...renderLinks(flag.sentences),
      element("small", {}, flag.standard),
    ),
  );
}

export function renderSources(sources) {
  if (!sources.length) return [element("li", {}, "None.")];
  return sources.map((source) =>
    element(
      "li",
      {},
      element(
        "span",
        { class: "sample", "data-label": source.label },
        source.text,
        element("sup", { "aria-hidden": "true" }, LABELS[source.label].letter),
      ),
      element("span", { class: "unseen" }, ` (${source.label})`),
      " ",
      ...renderLinks(source.sentences),
    ),
  );
}

/** Buttons that lead to sentences, which readers count from 1. */
function renderLinks(sentences) {
  return sentences.flatMap((index) => [
    element(
      "button",
      { type: "button", class: "link", "data-goto": index },
      element("span", { class: "unseen" }, "Sentence "),
      String(index + 1),
    ),
    " ",
  ]);
}

/** What shows who stands behind a sentence, and what is to be looked at in it. */
export function renderEvidence({ label, evidence }, flags) {
  if (!label) return [element("p", {}, "Text around the article: it has no label and does not count.")];
  const lines = [`Behind it: ${LABELS[label].meaning}.`];
  if (evidence.source) lines.push(`Source: “${evidence.source.text}”.`);
  if (evidence.cue) lines.push(`Attributed by “${evidence.cue.text}”.`);
  for (const flag of flags) lines.push(`⚑ ${flag.message}`);
  return lines.map((line) => element("p", {}, line));
}

export function detailTitle(sentence, index) {
  return `Sentence ${index + 1}: ${labelOf(sentence)}`;
}

export function renderProbabilities({ probabilities }) {
  return Object.entries(probabilities ?? {}).map(([label, probability]) => {
    const bar = element("span", { class: "bar", "data-label": label });
    bar.style.width = percent(probability);
    return element(
      "p",
      {},
      element("span", { class: "name" }, label),
      element("span", { class: "value" }, percent(probability)),
      element("span", { class: "track" }, bar),
    );
  });
}
