// The map of a region or group alone, as the address says: #region=europe, or with a day #region=brics&d=2025-10-31.
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg", add = window.adoption.add, all = window.adoption.all, page = document.body.dataset;
  var figure = document.querySelector("figure.world"), svg = figure.querySelector("svg"), links = all("a[data-state]", figure);
  var whole = svg.viewBox.baseVal, edges = [whole.x, whole.y, whole.width, whole.height], keys = all(".legend a[href]", figure);
  var regions = window.adoptionRegions, file = figure.dataset.file;
  var head = add(null, "h2", { hidden: "" }), box = add(null, "p", { "class": "region" }), select = add(add(box, "label", {}, page.region + " "), "select");
  add(select, "option", { value: "" }, page.everyState);
  Object.keys(regions).sort(function (one, other) { return regions[one][0].localeCompare(regions[other][0]); })
    .forEach(function (name) { add(select, "option", { value: name }, regions[name][0]); });
  var beyond = add(null, "p", { "class": "source", hidden: "" });
  figure.querySelector("figcaption").prepend(head);
  figure.querySelector(".source").before(beyond);
  figure.querySelector(".choose-region").replaceWith(box);
  keys.forEach(function (key) { key.dataset.rows = key.getAttribute("href"); });

  var world = document.createElementNS(SVG, "g"), marks = [];
  world.append.apply(world, Array.from(svg.childNodes));
  svg.append(world);
  all("path, circle", world).forEach(function (part) { part.setAttribute("vector-effect", "non-scaling-stroke"); });

  // The coasts as finely as the geometry has them, in place of whole pixels of the world.
  function refine() {
    var fine = window.adoptionAreas, rest = Object.assign({}, fine.areas);
    function path(area) {
      var written = rest[area] || "";
      delete rest[area];
      return written.replace(/\d+/g, function (number) { return number / fine.parts; });
    }
    world.querySelector(".disputed").setAttribute("d", path("disputed"));
    links.forEach(function (link) {
      var area = link.querySelector("path:not(.approval, .cross)");
      if (area) area.setAttribute("d", path(link.dataset.state));
      else path(link.dataset.state);
    });
    world.querySelector(".land").setAttribute("d", Object.keys(rest).map(path).join(""));
  }
  refine();

  function frame(part) { // marks and hatching keep their size
    var scale = part ? edges[2] / part[2] : 1;
    svg.setAttribute("viewBox", part ? [edges[0], edges[1], edges[2], Math.round(part[3] * scale)].join(" ") : edges.join(" "));
    if (part) world.setAttribute("transform", "translate(" + edges[0] + " " + edges[1] + ") scale(" + scale + ") translate(" + -part[0] + " " + -part[1] + ")");
    else world.removeAttribute("transform");
    all("pattern", world).forEach(function (pattern) { pattern.setAttribute("patternTransform", "rotate(45) scale(" + 1 / scale + ")"); });
    if (!marks.length) marks = all("a circle, a .cross, a .approval", world).map(function (mark) {
      var area = mark.getBBox(), centre = [area.x + area.width / 2, area.y + area.height / 2];
      var land = mark.parentNode.querySelector("path:not(.approval, .cross)"), size = land && land.getBBox();
      // A dot that stands apart from a small state on the world is on that state where there is room.
      var home = size && size.width && Math.max(size.width, size.height) < 30 ? [size.x + size.width / 2, size.y + size.height / 2] : centre;
      return [mark, centre, home];
    });
    marks.forEach(function (one) {
      var grown = Math.max(scale / 1.5, 1); // a little larger, as the picture is nearer
      if (part && one[1][0]) one[0].setAttribute("transform", "translate(" + one[2].join(" ") + ") scale(" + 1 / grown + ") translate(" + -one[1][0] + " " + -one[1][1] + ")");
      else one[0].removeAttribute("transform");
    });
  }

  function show() {
    var asked = new URLSearchParams(location.hash.slice(1)).get("region"), region = regions[asked];
    select.value = region ? asked : "";
    links.forEach(function (link) { link.toggleAttribute("data-aside", !!region && region[1].indexOf(link.dataset.state) < 0); });
    var first = figure.querySelector('a[tabindex="0"]'), inside = figure.querySelector("a[data-state]:not([data-aside])");
    if (first.hasAttribute("data-aside") && inside) { // the one stop of the keyboard is on the picture
      first.setAttribute("tabindex", "-1");
      inside.setAttribute("tabindex", "0");
    }
    keys.forEach(function (key) { // its rows are those of all states
      if (region) key.removeAttribute("href"); else key.href = key.dataset.rows;
    });
    all(".today", figure).forEach(function (said) { said.hidden = !!region; }); // it counts all states
    frame(region && region[2]);
    figure.classList.toggle("enlarged", !!region); // the names beside the map are placed for the whole of it
    head.hidden = !region;
    head.textContent = region ? region[0] + ": " + window.adoption.treaty : "";
    beyond.hidden = !region;
    beyond.textContent = region ? page.pale + (region[3].length ? " " + page.beyond.replace("{names}", region[3].join(", ")) : "") : "";
    if (region) figure.dataset.file = [page.file, asked].filter(Boolean).join("-");
    else if (file) figure.dataset.file = file; else delete figure.dataset.file;
    window.adoption.drawDay();
  }

  select.addEventListener("change", function () {
    var wanted = new URLSearchParams(location.hash.slice(1));
    if (select.value) wanted.set("region", select.value); else wanted.delete("region");
    history.pushState(null, "", location.pathname + location.search + (String(wanted) ? "#" + wanted : ""));
    show();
  });
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  show();
  window.adoption.chooseRegion = function () { select.focus(); };
})();
