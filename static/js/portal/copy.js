// Copies a field at one press and says so; without it the field can be selected by hand.
for (const button of document.querySelectorAll('[data-behaviour="copy"]')) {
  const field = document.getElementById(button.dataset.field);
  const said = document.getElementById(`${button.dataset.field}_said`);
  button.hidden = false;
  button.addEventListener("click", () => {
    field.select();
    const copied = navigator.clipboard
      ? navigator.clipboard.writeText(field.value)
      : Promise.resolve(document.execCommand("copy"));
    copied.then(() => { said.textContent = button.dataset.copied; }, () => field.focus());
  });
}
