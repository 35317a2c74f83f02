// By the reader's clock: how old the data of a page are, if that is more days than the report's
// settings allow, and which convention has closed for signature since.
document.querySelectorAll(".age, .closed").forEach(function (line) {
  var from = Date.parse(line.querySelector("time").dateTime); // days begin at midnight in UTC
  var age = line.querySelector(".days"), allowed = age ? document.documentElement.dataset.staleAfter : 0;
  function show() {
    var days = Math.floor((Date.now() - from) / 86400000);
    if (age) age.textContent = days.toLocaleString("en-GB") + (days === 1 ? " day" : " days");
    line.hidden = !(days > Number(allowed));
  }
  show();
  document.addEventListener("visibilitychange", show); // a page may stay open for weeks
});
