// Ask onrecord about an article, for a CMS. Plain JavaScript, for Node 18 or newer and for browsers.
//
//   CHECK_URL=http://127.0.0.1:8000 node check.mjs article.json

const BUDGET = 2000; // milliseconds for which the editor waits at most, for both attempts together
const PAUSE = 200; // milliseconds before the second, where the service names no time

/**
 * Ask about an article: a request of POST /v1/score.
 *
 * Gives { answer }, or { reason } why there is none. It never throws: nothing here may keep a story from being published.
 */
export async function check(article, { url, key, budget = BUDGET }) {
  const deadline = Date.now() + budget;
  const requestId = Array.from({ length: 32 }, () => Math.floor(16 * Math.random()).toString(16)).join("");
  const ask = () =>
    attempt(article, { url, key, requestId, left: deadline - Date.now() }).catch(() => ({ reason: "the check failed" }));
  let outcome = await ask();
  if (Date.now() + outcome.wait < deadline) {
    await new Promise((resume) => setTimeout(resume, outcome.wait));
    outcome = await ask();
  }
  return outcome.answer ? outcome : { reason: `${outcome.reason} (request ${requestId})` };
}

/** One request; `wait` comes with a failure that may pass: how long to wait before another. */
async function attempt(article, { url, key, requestId, left }) {
  const headers = { "Content-Type": "application/json", "X-Request-ID": requestId };
  if (key) headers.Authorization = `Bearer ${key}`;
  let response;
  let content;
  try {
    response = await fetch(`${url}/v1/score`, {
      method: "POST",
      headers,
      body: JSON.stringify({ ...article, offset_encoding: "utf-16" }), // the unit of JavaScript's strings
      redirect: "manual", // neither the text nor the key goes anywhere else
      signal: AbortSignal.timeout(left),
    });
    content = await response.text();
  } catch (error) {
    if (error.name === "TimeoutError") return { reason: "no answer in time" };
    return { reason: "the service cannot be reached", wait: PAUSE };
  }
  const data = parse(content);
  if (response.ok) return data?.verdict ? { answer: data } : { reason: "the answer is not the service's" };
  const reason = `${data?.title ?? "no answer"}, status ${response.status}`;
  if (![429, 502, 503, 504].includes(response.status)) return { reason };
  const seconds = response.headers.get("Retry-After");
  return { reason, wait: /^\d+$/.test(seconds) ? 1000 * seconds : PAUSE };
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null; // what stands between may answer in HTML
  }
}

/** What to show an editor: the verdict, and the words that each flag is about. */
export function report(article, answer) {
  const texts = new Map(article.segments.map(({ id, text }) => [id, text]));
  const lines = [`verdict: ${answer.verdict}`];
  for (const flag of answer.flags) {
    lines.push(`${flag.severity} ${flag.code}: ${flag.message}`);
    for (const { segment, start, end } of flag.sentences.map((index) => answer.sentences[index])) {
      lines.push(`  ${segment}: ${texts.get(segment).slice(start, end)}`);
    }
  }
  return lines.join("\n");
}

if (globalThis.process?.argv[1]?.endsWith("check.mjs")) {
  const { readFile } = await import("node:fs/promises");
  const article = JSON.parse(await readFile(process.argv[2], "utf8"));
  const { answer, reason } = await check(article, { url: process.env.CHECK_URL, key: process.env.CHECK_KEY });
  console.log(answer ? report(article, answer) : `not checked: ${reason}`);
}
