import { element } from "./dom.js";
import { LABELS, labelOf } from "./words.js";

const BREAK = /[\n\v\f\r\u0085\u2028\u2029]+/;

/**
 * Show a text as it was written, each of its sentences a button.
 *
 * What lies between sentences is kept, and starts new paragraphs where it breaks lines.
 */
export function renderArticle(text, { sentences, flags }) {
  const flagged = new Set(flags.flatMap((flag) => flag.sentences));
  const paragraphs = [[]];
  const members = [[]];
  const addBetween = (gap) => {
    gap.split(BREAK).forEach((part, at) => {
      if (at) {
        paragraphs.push([]);
        members.push([]);
      }
      paragraphs.at(-1).push(part);
    });
  };
  let end = 0;
  sentences.forEach((sentence, index) => {
    addBetween(text.slice(end, sentence.start));
    paragraphs.at(-1).push(renderSentence(text, sentence, index, flagged.has(index)));
    members.at(-1).push(sentence);
    end = sentence.end;
  });
  addBetween(text.slice(end));
  return paragraphs
    .map((parts, at) => renderParagraph(parts, members[at]))
    .filter((paragraph) => paragraph.textContent.trim());
}

function renderParagraph(parts, sentences) {
  const strength = strengthOf(sentences);
  const margin = element("div", { class: "strength" });
  if (strength !== null) {
    const bar = element("span", { class: "bar" });
    bar.style.width = `${100 * strength}%`;
    margin.append(element("span", { class: "unseen" }, "Strength of the paragraph: "), strength.toFixed(2), bar);
  }
  return element("div", { class: "paragraph" }, margin, element("p", {}, ...parts));
}

/** The mean over the labelled sentences by their length in words, as the service has it for the article. */
function strengthOf(sentences) {
  let sum = 0;
  let words = 0;
  for (const sentence of sentences) {
    if (sentence.strength === null) continue;
    const length = sentence.text.split(/\s+/).length;
    sum += length * sentence.strength;
    words += length;
  }
  return words ? sum / words : null;
}

function renderSentence(text, sentence, index, flagged) {
  const mark = element("sup", { "aria-hidden": "true" }, LABELS[sentence.label]?.letter ?? "", flagged ? "⚑" : "");
  const spoken = element("span", { class: "unseen" }, ` (${labelOf(sentence)}${flagged ? ", flagged" : ""})`);
  const words = element("span", { class: "words" }, ...renderEvidence(text, sentence));
  return element(
    "span",
    {
      class: "sentence",
      role: "button",
      tabindex: index ? "-1" : "0",
      "aria-pressed": "false",
      "data-index": index,
      "data-label": sentence.label ?? "",
    },
    words,
    mark,
    spoken,
  );
}

/** The words of a sentence, with those that name and those that attribute set apart. */
function renderEvidence(text, { start, end, evidence }) {
  const spans = Object.entries(evidence)
    .filter(([, span]) => span)
    .sort(([, a], [, b]) => a.start - b.start);
  const parts = [];
  let at = start;
  for (const [kind, span] of spans) {
    if (span.start < at) continue; // one within the other
    parts.push(text.slice(at, span.start), element("span", { class: kind }, text.slice(span.start, span.end)));
    at = span.end;
  }
  parts.push(text.slice(at, end));
  return parts;
}
