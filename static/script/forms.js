// Forms: the CSRF token for htmx, no second press while sending, focus on what must be mended, and what to do when no answer came.

const token = document.querySelector('meta[name="csrf-token"]')?.content;
const buttonsOf = (form) => [...form.elements].filter((control) => control.type === "submit");

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

// Plain forms: the browser goes to another page, so the buttons only come back with the page itself.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-form]") || event.defaultPrevented) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true))); // later: the pressed button's value must go along
});
addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-sending]").forEach(free));

function free(form) {
  delete form.dataset.sending;
  buttonsOf(form).forEach((button) => (button.disabled = false));
  mind(form);
}

// Conditions to tick before money may go out.
const mind = (form) => {
  const points = [...form.querySelectorAll("[data-must-tick]")];
  if (points.length) [...form.elements].filter((control) => control.matches(".button-money")).forEach((button) => (button.disabled = points.some((point) => !point.checked)));
};
document.addEventListener("change", (event) => event.target.matches("[data-must-tick]") && mind(event.target.form));

// The summary of problems receives the focus, the same after a page and after a swap.
function look(within) {
  within.querySelector("[data-problem-summary]")?.focus();
  const problems = document.querySelector("[data-problem-summary]");
  if (problems && !document.title.startsWith("(!)")) document.title = "(!) " + document.title;
  within.querySelectorAll("form").forEach(mind);
}
document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement ?? document));
look(document);

// No answer to a form that moves money: nobody knows whether it was written. The same key is sent again, the server writes once.
function unknown(event) {
  const form = event.detail.elt.closest("form");
  if (!form?.elements.idempotency_key) return document.dispatchEvent(new CustomEvent("no-answer", { detail: event.detail.xhr }));
  if (form.querySelector("[data-outcome-unknown]")) return;
  form.append(document.getElementById("outcome-unknown").content.cloneNode(true));
  form.querySelector("[data-outcome-unknown] button").focus();
}
["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, unknown));
document.addEventListener("htmx:responseError", (event) => event.detail.xhr.status >= 500 && unknown(event));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.detail.elt.closest("form")?.querySelector("[data-outcome-unknown]")?.remove();
});
