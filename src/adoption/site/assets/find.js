// What the search of every page does, loaded once a reader types.
(function () {
  "use strict";

  var MOST = 8, pages = null, form = document.querySelector(".find");

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

  // A name in full, the begin or a part of the label, the begin of another name, all words; part of what was asked; a like spelling.
  // Of a group also without its members: the EU of EU countries. A name of three letters or fewer is part of what
  // was asked where the reader wrote it in capitals.
  function rank(names, words, group, capitals) {
    var parts = words.split(" "), most = words.length < 4 ? 0 : words.length < 10 ? 1 : 2;
    return Math.min.apply(null, names.map(function (name, place) {
      if (name === words || name === words.replace(/s$/, "") || name === group) return 0;
      if ((!place || words.length > 2) && name.indexOf(words) === 0) return place ? 3 : 1;
      if (!place && (" " + name).indexOf(" " + words) >= 0) return 2;
      if (words.length > 2 && parts.every(function (part) { return (" " + name).indexOf(" " + part) >= 0; })) return 4;
      if (name.length > 3 ? (" " + words + " ").indexOf(" " + name + " ") >= 0 : capitals.has(name)) return 5;
      return most && name[0] === words[0] && distance(name, words, most) <= most ? 7 : 9;
    }));
  }

  function said(words) { // the pages whose text has all words
    return words.split(" ").map(function (word) {
      return new Set(Object.keys(window.adoptionWords).filter(function (one) { return one === word || word.length > 3 && one.indexOf(word) === 0; })
        .flatMap(function (one) { return window.adoptionWords[one]; }));
    }).reduce(function (both, some) { return new Set(Array.from(both).filter(function (page) { return some.has(page); })); });
  }

  // What is only spelt alike, or only part of what was asked, stands where nothing else was found.
  window.adoptionFind = function (text, most) {
    var words = plain(text);
    if (!words) return [];
    pages = pages || window.adoptionSearch.map(function (item) {
      return { label: item[0], href: item[1], kind: item[2], names: [item[0]].concat(item[3]).map(plain) };
    });
    var speak = said(words), group = words.replace(/( member)? (countries|states|members|nations)$/, "");
    var capitals = new Set((text.match(/\b[A-Z][A-Z0-9]{1,2}\b/g) || []).map(plain));
    var found = pages.map(function (page, place) {
      var best = rank(page.names, words, page.kind === 1 ? group : words, capitals);
      return { page: page, rank: best > 5 && speak.has(place) ? 6 : best };
    }).sort(function (one, other) {
      return one.rank - other.rank || one.page.kind - other.page.kind ||
        one.page.label.localeCompare(other.page.label);
    });
    var first = found.length ? found[0].rank : 9;
    var ours = found.some(function (one) { return one.rank < 5 && one.page.href.indexOf(":") < 0; });
    var limit = Math.min(most || 9, first < 5 ? (ours ? 5 : 6) : first + 1);
    return found.filter(function (one) { return one.rank < 9 && one.rank < limit; }).slice(0, MOST)
      .map(function (one) { return { label: one.rank === 6 ? form.dataset.said.replace("{page}", one.page.label).replace("{words}", text.trim()) : one.page.label, href: one.page.href }; });
  };

  window.adoptionPlain = plain;
})();
