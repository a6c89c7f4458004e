// The page has two states: an article being written, and one being read, which can no longer change under its labels.
import { renderArticle } from "./article.js";
import { byId } from "./dom.js";
import { policies, score } from "./service.js";
import {
  detailTitle, renderEvidence, renderFlags, renderLegend, renderProbabilities, renderSources, verdictText,
} from "./summary.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** What the clipboard wraps around a selection; the service would take it for a page, and drop what is no article. */
const WRAPPING = /<!doctype[^>]*>|<\/?(?:html|body)\b[^>]*>/gi;

const form = byId("form");
const text = byId("text");
const key = byId("key");
const policy = byId("policy");
const article = byId("article");

let answer = null;
let selected = null;
let underWay = null;
let pasted = "";
let markup = ""; // what the text was pasted with, as long as nobody has edited it

function setMarkup(html) {
  markup = html;
  byId("formatted").hidden = !html;
}

async function check() {
  underWay?.abort();
  underWay = new AbortController();
  const { signal } = underWay;
  byId("error").textContent = "";
  byId("verdict").textContent = "Reading…";
  const request = { ...(markup ? { html: markup } : { text: text.value }), explain: true };
  if (policy.value) request.policy = policy.value;
  try {
    answer = await score(request, { key: key.value, signal });
    show(answer.text ?? request.text);
  } catch (error) {
    if (signal.aborted) return;
    if (markup && [413, 422].includes(error.status)) {
      setMarkup(""); // too large, or too deeply nested: the text alone may do
      check();
      return;
    }
    byId("verdict").textContent = "";
    fail(error);
  }
}

function fail(error) {
  byId("error").textContent = error.message;
  if (error.status === 401) {
    byId("key-line").hidden = false;
    key.focus();
  }
}

function show(written) {
  if (markup) text.value = written;
  setMarkup("");
  article.replaceChildren(...renderArticle(written, answer));
  byId("legend").replaceChildren(...renderLegend(answer.document));
  byId("flags").replaceChildren(...renderFlags(answer.flags));
  byId("sources").replaceChildren(...renderSources(answer.document.sources));
  byId("verdict").textContent = verdictText(answer);
  byId("verdict").dataset.verdict = answer.verdict;
  select(null);
  form.hidden = true;
  byId("result").hidden = false;
  scrollTo(0, 0);
  byId("flags-title").focus({ preventScroll: true });
}

function edit() {
  answer = null;
  byId("verdict").textContent = "";
  delete byId("verdict").dataset.verdict;
  byId("result").hidden = true;
  form.hidden = false;
  text.focus();
}

function sentenceAt(index) {
  return article.querySelector(`[data-index="${index}"]`);
}

/** Show why a sentence has its label; null for none. */
function select(index) {
  if (selected !== null) sentenceAt(selected)?.setAttribute("aria-pressed", "false");
  selected = index;
  const detail = byId("detail");
  detail.hidden = index === null;
  if (index === null) return;
  const sentence = answer.sentences[index];
  const flags = answer.flags.filter((flag) => flag.sentences.includes(index));
  sentenceAt(index).setAttribute("aria-pressed", "true");
  byId("detail-title").textContent = detailTitle(sentence, index);
  byId("detail-text").replaceChildren(...renderEvidence(sentence, flags));
  byId("probabilities").replaceChildren(...renderProbabilities(sentence));
  detail.scrollTop = 0;
}

function goTo(index) {
  // Tab leads to one sentence of them all: the one last read.
  article.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  const target = sentenceAt(index);
  target.setAttribute("tabindex", "0");
  select(index);
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

function close() {
  const last = selected;
  select(null);
  sentenceAt(last)?.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
text.addEventListener("paste", (event) => {
  const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
  pasted = whole ? event.clipboardData.getData("text/html").replace(WRAPPING, "") : "";
});
text.addEventListener("input", (event) => {
  // A paste ends with this event too, once the browser has put the plain text in.
  setMarkup(event.inputType === "insertFromPaste" ? pasted : "");
  pasted = "";
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
byId("example").addEventListener("click", (event) => {
  text.value = event.currentTarget.dataset.text;
  setMarkup("");
  form.requestSubmit();
});
byId("edit").addEventListener("click", edit);
byId("close").addEventListener("click", close);

article.addEventListener("click", (event) => {
  const sentence = event.target.closest(".sentence");
  if (!sentence) return;
  const index = Number(sentence.dataset.index);
  if (index === selected) select(null);
  else goTo(index);
});
article.addEventListener("keydown", (event) => {
  const sentence = event.target.closest(".sentence");
  if (!sentence || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    sentence.click();
  } else if (event.key in STEPS) {
    const index = Number(sentence.dataset.index) + STEPS[event.key];
    goTo(Math.max(0, Math.min(index, answer.sentences.length - 1)));
  } else {
    return;
  }
  event.preventDefault();
});
byId("result").addEventListener("click", (event) => {
  const link = event.target.closest("[data-goto]");
  if (link) goTo(Number(link.dataset.goto));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && selected !== null) close();
});

/** Offer the policies, where there is a choice; without a list the service takes its default. */
async function offerPolicies() {
  try {
    const names = (await policies({ key: key.value })).policies.map((each) => each.name);
    policy.replaceChildren(...names.map((name) => new Option(name, name)));
    byId("policy-line").hidden = names.length < 2;
  } catch (error) {
    if (error.status === 401) byId("key-line").hidden = false;
  }
}
key.addEventListener("change", offerPolicies);
offerPolicies();
