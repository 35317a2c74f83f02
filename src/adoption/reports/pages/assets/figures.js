// Draws every figure of a page from the JSON beside it; the height follows the width.
(function () {
  "use strict";

  var NARROW = 640;
  var PRINTED = 690; // the width of a printed page, in pixels
  var CONFIG = { displaylogo: false, displayModeBar: false, scrollZoom: false };
  var LONG_NAME = 40; // letters
  // A map can be moved and enlarged, so that small states are within reach of a finger.
  var MAP_CONFIG = {
    displaylogo: false,
    displayModeBar: true,
    scrollZoom: false,
    modeBarButtons: [["zoomInGeo", "zoomOutGeo", "resetGeo"]]
  };

  function heightFor(width, full, isMap, printed) {
    if (printed) return Math.round(full * (isMap ? 0.6 : full > 450 ? 0.48 : 0.38));
    if (isMap) return Math.max(250, Math.min(full, Math.round(width * 0.5) + 60));
    return width < NARROW ? Math.max(Math.round(full * 0.82), 320) : full;
  }

  // A copy of the figure; on a small screen its words and marks are smaller.
  function forWidth(figure, width) {
    var copy = JSON.parse(JSON.stringify(figure));
    if (width >= NARROW) return copy;
    var layout = copy.layout;
    layout.font = Object.assign({}, layout.font, { size: 11 });
    (layout.annotations || []).forEach(function (note) {
      note.font = Object.assign({}, note.font, { size: Math.min(10.5, (note.font || {}).size || 11) });
    });
    if (layout.margin && layout.margin.r > 60) layout.margin.r = Math.round(layout.margin.r * 0.88);
    if (layout.xaxis) layout.xaxis.nticks = 5;
    copy.data.forEach(function (trace) {
      if (trace.name && trace.name.length > LONG_NAME) {
        trace.name = trace.name.replace(/(.{20,40}) /g, "$1<br>"); // the key does not wrap by itself
      }
      if (trace.type !== "scattergeo" && trace.type !== "choropleth") return;
      var marker = trace.marker || {};
      if (marker.size) marker.size = Math.round(marker.size * 0.6 * 10) / 10;
      [trace.line, marker.line].forEach(function (line) { if (line) line.width *= 0.7; });
    });
    return copy;
  }

  function draw(div) {
    var figure = JSON.parse(div.parentNode.querySelector('script[type="application/json"]').textContent);
    var isMap = figure.data.some(function (trace) { return trace.type === "choropleth"; });
    var last = 0;
    function render(width, printed) {
      if (width === last) return;
      last = width;
      var shown = forWidth(figure, printed ? 0 : width); // print has the small marks and words
      shown.layout.width = width;
      shown.layout.height = heightFor(width, Number(div.dataset.height), isMap, printed);
      if (isMap) shown.layout.dragmode = "pan";
      Plotly.react(div, shown.data, shown.layout, isMap ? MAP_CONFIG : CONFIG);
    }
    render(div.clientWidth);
    new ResizeObserver(function () { render(div.clientWidth); }).observe(div);
    window.addEventListener("beforeprint", function () { render(PRINTED, true); });
    window.addEventListener("afterprint", function () { render(div.clientWidth); });
  }

  document.querySelectorAll(".plot").forEach(draw);
})();
