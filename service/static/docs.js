"use strict";

const key = document.getElementById("key");

// Each form sends what its text area holds to the address beside it, and shows the answer.
for (const form of document.forms) {
  const body = form.querySelector("textarea");
  const status = form.querySelector("output");
  const answer = form.querySelector("pre");
  const examples = form.querySelectorAll("[data-example]");

  for (const button of examples) {
    button.addEventListener("click", () => { body.value = button.dataset.example; });
  }
  examples[0]?.click();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.value = "…";
    try {
      const response = await fetch(form.dataset.path, {
        method: form.dataset.method,
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(key.value && { "X-API-Key": key.value }),
        },
        body: body?.value,
      });
      status.value = `${response.status} ${response.statusText}`;
      answer.textContent = JSON.stringify(await response.json(), null, 2);
    } catch (error) {
      status.value = "";
      answer.textContent = String(error);
    }
    answer.hidden = false;
  });
}
