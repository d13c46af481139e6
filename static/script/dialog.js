// The one dialog: opens when htmx has put something into it, gives the focus back when it closes, and keeps nothing inside.

const dialog = document.getElementById("dialog");
let opener = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === dialog && !dialog.open) opener = event.detail.elt;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== dialog) return;
  if (dialog.childElementCount === 0) return dialog.close();
  const title = dialog.querySelector("h1, h2");
  if (title) dialog.setAttribute("aria-label", title.textContent.trim());
  if (!dialog.open) dialog.showModal();
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
});
dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  opener?.isConnected && opener.focus();
  opener = null;
});

// A question opened in place is put away with Escape.
document.addEventListener("keydown", (event) => {
  const question = event.key === "Escape" && event.target.closest?.("details.confirm[open]");
  if (!question) return;
  question.open = false;
  question.querySelector("summary").focus();
});
