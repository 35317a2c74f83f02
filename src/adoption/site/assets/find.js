// What the search of every page does, loaded once a reader types.
(function () {
  "use strict";

  var MOST = 8, pages = null;

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").toLowerCase()
      .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim()
      .replace(/^(the|la|le|les|l|el|los|las|der|die|das) (?=.)/, "").replace(/(^| )\u0627\u0644(?=..)/g, "$1");
  }

  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var row = Array.from({ length: other.length + 1 }, function (_, place) { return place; });
    for (var i = 1; i <= one.length; i++) {
      var above = row.slice();
      row[0] = i;
      for (var j = 1; j <= other.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
    }
    return row[other.length];
  }

  function rank(names, words) {
    var parts = words.split(" "), most = words.length < 4 ? 0 : words.length < 10 ? 1 : 2;
    return Math.min.apply(null, names.map(function (name) {
      if (name === words) return 0;
      if (name.indexOf(words) === 0) return 1;
      if (parts.every(function (part) { return (" " + name).indexOf(" " + part) >= 0; })) return 2;
      if (name.length > 3 && (" " + words + " ").indexOf(" " + name + " ") >= 0) return 3;
      return most && name[0] === words[0] && distance(name, words, most) <= most ? 4 : 9;
    }));
  }

  // What is only spelt alike, or only part of what was asked, stands where nothing else was found.
  window.adoptionFind = function (text, most) {
    var words = plain(text);
    if (!words) return [];
    pages = pages || window.adoptionSearch.map(function (item) {
      return { label: item[0], href: item[1], kind: item[2], names: item[3].map(plain) };
    });
    var found = pages.map(function (page) { return { page: page, rank: rank(page.names, words) }; })
      .sort(function (one, other) {
        return one.rank - other.rank || one.page.kind - other.page.kind ||
          one.page.label.localeCompare(other.page.label);
      });
    var limit = Math.min(most || 9, found.length && found[0].rank < 3 ? 3 : found.length && found[0].rank + 1);
    return found.filter(function (one) { return one.rank < 9 && one.rank < limit; }).slice(0, MOST)
      .map(function (one) { return one.page; });
  };

  window.adoptionPlain = plain;
})();
