/* Figures that the pages leave to plotly.js. What stands there until then is for who has no script. */
document.querySelectorAll(".interactive").forEach(function (place) {
  var figure = JSON.parse(place.querySelector("script").textContent);
  var drawn = window.adoption.add(place, "div", { role: "img", "aria-label": place.dataset.label });
  var config = { responsive: true, displaylogo: false, showSendToCloud: false };
  Plotly.newPlot(drawn, figure.data, figure.layout, config).then(function () {
    place.querySelectorAll(":scope > p, :scope > img").forEach(function (other) { other.remove(); });
  });
});
