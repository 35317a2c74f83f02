// Leaves of the index only what has words that begin like the written ones, and puts first
// what has the written words as a code or a name: a state or organisation before a group.
(function () {
  "use strict";

  var form = document.querySelector("form.find");
  if (!form) return;
  var field = form.querySelector("input");
  var found = form.querySelector(".found");
  var pages = Array.from(document.querySelectorAll("[data-find]"));
  var groups = Array.from(document.querySelectorAll(".part, .listing, .cards"));
  var places = pages.concat(groups); // in the order of the page

  // Words in lower case, without accents, with hyphens between: as the pages have them.
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  function shown() {
    return Array.from(document.querySelectorAll("[data-find]:not([hidden])"));
  }

  function narrow() {
    var asked = field.value.trim() !== "";
    var words = plain(field.value);
    pages.forEach(function (page) {
      var names = page.dataset.find.split(" ");
      var found = words !== "" && names.some(function (name) {
        return ("-" + name).indexOf("-" + words) >= 0;
      });
      page.hidden = asked && !found;
      page.classList.toggle("exact", names.indexOf(words) >= 0);
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-find]:not([hidden])");
    });
    order();
    document.body.classList.toggle("narrowed", asked);
    var links = new Set(shown().map(function (page) { return page.querySelector("a").href; }));
    found.textContent = !asked ? "" : links.size === 0 ? "No page has such a word" :
      links.size === 1 ? "1 page" : links.size + " pages";
  }

  function order() {
    function rank(place) {
      return [".exact.status", ".exact"].filter(function (kind) {
        return place.matches(kind) || place.querySelector(kind) !== null;
      }).length;
    }
    places.slice().sort(function (one, other) { return rank(other) - rank(one); })
      .forEach(function (place) { place.parentNode.appendChild(place); });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = shown()[0];
    if (field.value.trim() && first) location.href = first.querySelector("a").href;
  });
  field.addEventListener("input", narrow);
  form.hidden = false;
  narrow(); // a browser may have kept what was written
})();
