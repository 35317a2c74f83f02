// Leaves of the index only what has words that begin like the written ones.
(function () {
  "use strict";

  var form = document.querySelector("form.find");
  if (!form) return;
  var field = form.querySelector("input");
  var found = form.querySelector(".found");
  var pages = Array.from(document.querySelectorAll("[data-find]"));
  var groups = Array.from(document.querySelectorAll(".part, .listing"));

  // Words in lower case, without accents, with hyphens between: as the pages have them.
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  function shown() {
    return pages.filter(function (page) { return !page.hidden; });
  }

  function narrow() {
    var words = plain(field.value);
    pages.forEach(function (page) {
      page.hidden = words !== "" && ("-" + page.dataset.find).indexOf("-" + words) < 0;
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-find]:not([hidden])");
    });
    document.body.classList.toggle("narrowed", words !== "");
    var links = new Set(shown().map(function (page) { return page.querySelector("a").href; }));
    found.textContent = words === "" ? "" : links.size === 0 ? "No page has such a word" :
      links.size === 1 ? "1 page" : links.size + " pages";
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = field.value.trim() && shown()[0];
    if (first) location.href = first.querySelector("a").href;
  });
  field.addEventListener("input", narrow);
  form.hidden = false;
  narrow(); // a browser may have kept what was written
})();
