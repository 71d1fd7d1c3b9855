// The corpus page: shows which file was chosen. The browser's own button speaks the browser's language, not the page's.
const input = document.getElementById("file");
const shown = document.getElementById("file-name");

if (input && shown) {
  const hint = shown.textContent;
  input.addEventListener("change", () => {
    shown.textContent = input.files.length ? input.files[0].name : hint;
  });
}
