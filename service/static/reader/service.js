/** An answer other than the one asked for, in words for an editor. */
export class ServiceError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

export function score(article, { key, signal }) {
  return ask("v1/score", { method: "POST", body: JSON.stringify(article), signal }, key);
}

export function policies({ key }) {
  return ask("v1/policies", {}, key);
}

// Addresses are relative, so that the service may stand behind a prefix.
async function ask(path, options, key) {
  const headers = { "Content-Type": "application/json" };
  if (key) headers["X-API-Key"] = key;
  let response;
  let answer = null;
  try {
    response = await fetch(path, { ...options, headers });
    answer = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (!response) throw new ServiceError("The service cannot be reached.");
    // What stands between answers in its own way, often not in JSON.
  }
  if (response.ok && answer) return answer;
  throw new ServiceError(inWords(response, answer), response.status);
}

function inWords(response, problem) {
  if (!problem?.title) return `The service could not answer (${response.status}).`;
  const parts = [`${problem.title}.`, problem.detail, ...(problem.errors ?? []).map((fault) => fault.detail)];
  const wait = response.headers.get("Retry-After");
  if (wait) parts.push(`Try again in ${wait} seconds.`);
  return parts.filter(Boolean).join(" ");
}
