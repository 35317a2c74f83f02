// A figure or a table as a file with all that it needs alone, drawn when a reader asks.
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg", all = window.adoption.all, root = document.documentElement;
  var titled = document.querySelector('meta[property="og:title"]').content;

  // Title, day, key, source, and where it is from.
  window.adoption.drawing = function (figure) {
    var shown = all("svg", figure).filter(function (svg) { return svg.getBoundingClientRect().width > 100; })[0];
    var table = figure.querySelector(":scope > table"), box = table ? table.getBoundingClientRect() : shown.viewBox.baseVal, edge = 16, wide = Math.max(box.width, 340) + 2 * edge, down = edge, across = edge;
    var sheet = table ? document.createElementNS(SVG, "svg") : shown.cloneNode(false), scheme = root.dataset.scheme, page = document.body.dataset;
    var day = new Date(page.day).toLocaleDateString(root.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    function put(part, attributes) {
      Object.keys(attributes).forEach(function (name) { part.setAttribute(name, attributes[name]); });
      return sheet.appendChild(part);
    }
    function draw(tag, attributes) { return put(document.createElementNS(SVG, tag), attributes); }
    function write(text, size, weight) {
      var most = Math.floor((wide - 2 * edge) / size * (weight ? 1.5 : 1.8)); // letters of a usual width
      (text.trim().replace(/\s+/g, " ").match(new RegExp(".{1," + most + "}(\\s|$)", "g")) || []).forEach(function (line) {
        draw("text", { x: edge, y: down += size * 1.3, "font-size": size, "font-weight": weight || 400, fill: "#1d2733" }).textContent = line;
      });
    }
    function words(selector, inside) {
      return all(selector, inside || figure).filter(function (part) { return !part.hidden; }).map(function (part) { return part.dataset.said || part.innerText; }).join(" ");
    }
    function rows() { // each word where the page has it
      function spot(place) { return { x: edge + place.left - box.left, y: down + place.top - box.top, width: place.width, height: place.height }; }
      function word(said, place, style) {
        draw("text", { x: spot(place).x, y: spot(place).y + place.height * 0.77, "font-size": style.fontSize, "font-weight": style.fontWeight, fill: "#1d2733" }).textContent = said;
      }
      all("tr", table).forEach(function (row) { draw("rect", Object.assign(spot(row.getBoundingClientRect()), { fill: "none", stroke: "#dde2e7" })); });
      all(".badge", table).forEach(function (badge) { draw("rect", Object.assign(spot(badge.getBoundingClientRect()), { fill: getComputedStyle(badge).backgroundColor })); });
      var texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT), range = document.createRange();
      for (var text; (text = texts.nextNode());) if (!text.parentNode.closest(".hidden")) for (var found of text.data.matchAll(/\S+/g)) {
        range.setStart(text, found.index);
        range.setEnd(text, found.index + found[0].length);
        word(found[0], range.getBoundingClientRect(), getComputedStyle(text.parentNode));
      }
      all("td", table).forEach(function (one) { // on a phone each cell is named
        var place = one.getClientRects()[0];
        if (getComputedStyle(one, "::before").content !== "none") word(one.dataset.label + ": ", { left: place.left, top: place.top, width: 0, height: parseFloat(getComputedStyle(one).lineHeight) }, getComputedStyle(one));
      });
    }
    var paper = draw("rect", { width: wide, fill: "#ffffff" });
    var head = table ? table.caption.textContent : words("figcaption :is(h1, h2, h3)") || words(document.querySelector(".front") ? "h1" : ".answer", document);
    write(head, wide > 600 ? 22 : 16, 700);
    write(words("figcaption > p:not(.source)") || words("output") || day, wide > 600 ? 15 : 12);
    root.dataset.scheme = "light"; // a file is on paper, also where the page is in the dark
    down += 10;
    if (table) rows();
    var copy = table ? sheet : put(shown.cloneNode(true), { x: edge, y: down, width: box.width, height: box.height });
    all("a", copy).forEach(function (link) { link.removeAttribute("href"); });
    var areas = all("path, circle", shown);
    if (figure.classList.contains("world")) all("path, circle", copy).forEach(function (area, place) {
      var style = getComputedStyle(areas[place]); // its colours are those of classes, which a day changes
      ["fill", "stroke", "stroke-width", "display", "opacity"].forEach(function (what) { area.setAttribute(what, style.getPropertyValue(what)); });
    });
    var names = all(".callout", copy);
    all(".callout", shown).forEach(function (callout, place) { if (getComputedStyle(callout).display === "none") names[place].remove(); });
    if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme;
    down += box.height + 8;
    all(".legend li", figure).filter(function (key) { return key.getClientRects().length; }).forEach(function (key) {
      var said = key.textContent.trim().replace(/\s+/g, " "), length = said.length * 7.5 + 44;
      if (across + length > wide) { across = edge; down += 22; }
      all("svg", key).forEach(function (mark) { put(mark.cloneNode(true), { x: across, y: down, width: 16, height: 16 }); });
      draw("text", { x: across + 22, y: down + 13, "font-size": 14, fill: "#1d2733" }).textContent = said;
      across += length;
    });
    if (across > edge) down += 24;
    var told = words(".source").replace(/at the end|in the table below/g, "on the page");
    write(told, 11);
    if (!table && (!/source/i.test(told) || /each act/.test(told))) write(page.source, 11); // of acts: a table may have other values
    write((document.title === page.site ? "" : titled + window.adoption.shownPlace() + ". ") + page.site + ". " +
      page.dataOf.replace("{day}", window.adoption.dayInWords(page.dataDay)) +
      (root.dataset.site ? " " + root.dataset.site + window.adoption.pageName() + ".html" + window.adoption.shownPart() : ""), 11);
    paper.setAttribute("height", down += edge);
    [["xmlns", SVG], ["viewBox", "0 0 " + wide + " " + down], ["width", wide], ["height", down], ["font-family", "system-ui, sans-serif"]]
      .forEach(function (pair) { sheet.setAttribute(pair[0], pair[1]); });
    var text = new XMLSerializer().serializeToString(sheet).replace(/var\(--[\w-]+,(#[0-9a-f]{6})\)/gi, "$1");
    return { text: text, width: wide, height: down };
  };
})();
