// Says how old the data of a page are, if that is more days than the report's settings allow.
document.querySelectorAll(".age").forEach(function (line) {
  var made = Date.parse(line.querySelector("time").dateTime); // days begin at midnight in UTC
  function show() {
    var days = Math.floor((Date.now() - made) / 86400000);
    line.querySelector(".days").textContent = days.toLocaleString("en-GB") + (days === 1 ? " day" : " days");
    line.hidden = !(days > Number(document.documentElement.dataset.staleAfter));
  }
  show();
  document.addEventListener("visibilitychange", show); // a page may stay open for weeks
});
