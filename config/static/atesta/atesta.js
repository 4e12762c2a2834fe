// Improvements only; every page works without this file.

// A refused save (422) or a conflict (409) still carries the page to show.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status === 422 || status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// Nothing typed is lost unasked: leaving a changed form asks first.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest('form[method="post"]');
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));

// Pressed while the page saves itself: the button waits for the answer, which carries
// what the next save needs. Else the person would be told of a conflict with themselves.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.classList.contains("htmx-request")) return;
  event.preventDefault();
  const again = () => setTimeout(() => form.isConnected && form.requestSubmit(submitter));
  form.addEventListener("htmx:afterRequest", again, { once: true });
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) changed.delete(event.detail.elt.closest("form"));
});
window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});

// On a narrow screen the margin is folded under the title; wide, it stands open.
const narrow = window.matchMedia("(max-width: 62rem)");
const foldMargins = () => {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = !narrow.matches;
};
narrow.addEventListener("change", foldMargins);
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
foldMargins();
