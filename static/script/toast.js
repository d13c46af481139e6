// Messages in the corner: let them in whatever the status of the answer, close them, let the good ones go by themselves.

const place = document.getElementById("toasts");
const SECONDS = { good: 6, info: 10 }; // warnings and errors stay until they are closed

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target === place) event.detail.shouldSwap = true;
});

document.addEventListener("no-answer", (event) => {
  const toast = document.getElementById("no-answer").content.cloneNode(true);
  const page = event.detail?.responseText && new DOMParser().parseFromString(event.detail.responseText, "text/html");
  const reference = page && page.querySelector(".reference .code");
  if (reference) toast.querySelector("p").after(Object.assign(document.createElement("p"), { className: "toast-code", textContent: reference.textContent }));
  place.prepend(toast);
});

place.addEventListener("click", (event) => event.target.closest(".toast-close")?.parentElement.remove());

new MutationObserver((changes) => {
  for (const toast of changes.flatMap((change) => [...change.addedNodes])) {
    if (!toast.matches?.(".toast")) continue;
    toast.append(document.getElementById("toast-close").content.cloneNode(true));
    const seconds = SECONDS[[...toast.classList].find((name) => name.startsWith("toast-"))?.slice(6)];
    if (seconds) leaveAfter(toast, seconds);
  }
}).observe(place, { childList: true });

function leaveAfter(toast, seconds) {
  let clock = setTimeout(() => toast.remove(), seconds * 1000);
  const stay = () => clearTimeout(clock);
  const go = () => (clock = setTimeout(() => toast.remove(), seconds * 1000));
  ["pointerenter", "focusin"].forEach((name) => toast.addEventListener(name, stay));
  ["pointerleave", "focusout"].forEach((name) => toast.addEventListener(name, go));
}
