"use strict";
// Shows one session, one day or all; switches buses on and off. Without scripts the tables remain.
(() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const map = window[data.map];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const boxes = all("input[data-bus]");
  const choice = document.getElementById("session");
  const pairs = data.pairs.map((pair) => ({ ...pair, layer: window[pair.layer] }));
  const places = data.places.map((place) => ({ ...place, layer: window[place.layer] }));
  let shown = new Set();

  const meets = (sessions) => sessions.some((k) => shown.has(k));
  const numbers = (text) => text.split(" ").filter(Boolean).map(Number);
  const put = (layer, on) => (on ? map.addLayer(layer) : map.removeLayer(layer));
  const hide = (element) => { element.hidden = !meets(numbers(element.dataset.sessions)); };

  const drawBuses = () =>
    pairs.forEach((pair) => put(pair.layer, boxes[pair.bus].checked && shown.has(pair.session)));

  const drawPlaces = () =>
    places.forEach((place) => {
      put(place.layer, meets(place.seen));
      const element = place.layer.getElement();
      element?.setAttribute("aria-label", place.name);
      element?.classList.toggle("left", meets(place.left));
    });

  const fit = () => {
    const seen = places.filter((place) => meets(place.seen)).map((place) => place.layer);
    if (seen.length) {
      map.fitBounds(L.featureGroup(seen).getBounds(), { padding: [28, 28], maxZoom: 12, animate: false });
    }
    nameVenues();
  };

  // A venue's name stands on that side of its sign where it covers least, and nowhere where it
  // would cover another venue or name.
  const sides = [["right", 10, 0], ["left", -10, 0], ["top", 0, -10], ["bottom", 0, 10]];
  const box = (element) => element.getBoundingClientRect();
  const apart = (a, b) =>
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const inside = (a, b) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

  const place = (tooltip, [direction, ...offset]) => {
    Object.assign(tooltip.options, { direction, offset });
    tooltip.update();
    return box(tooltip.getElement());
  };

  const nameVenues = () => {
    const frame = box(map.getContainer());
    const venues = places.map(({ layer }) => layer).filter((layer) =>
      map.hasLayer(layer) && layer.getTooltip().options.permanent);
    const signs = all(".mark, .pill", map.getContainer());
    const names = [];
    venues.forEach((layer) => {
      const tooltip = layer.getTooltip();
      const others = signs.filter((sign) => sign !== layer.getElement()).map(box);
      const never = [...names, ...venues.filter((v) => v !== layer).map((v) => box(v.getElement()))];
      const covers = (side) => {
        const at = place(tooltip, side);
        const free = inside(at, frame) && never.every((other) => apart(at, other));
        return free ? others.filter((other) => !apart(at, other)).length : Infinity;
      };
      const costs = sides.map(covers);
      const least = Math.min(...costs);
      tooltip.getElement().classList.toggle("crowded", least === Infinity);
      if (least < Infinity) names.push(place(tooltip, sides[costs.indexOf(least)]));
    });
  };

  const show = () => {
    shown = new Set(numbers(choice.selectedOptions[0].dataset.sessions));
    map.closePopup();
    all("#tables [data-sessions], #buses [data-sessions]").forEach(hide);
    drawBuses();
    drawPlaces();
    fit();
  };

  const nameCounties = () => {
    const names = L.layerGroup();
    data.counties.forEach(([lat, lon, name]) => {
      const icon = L.divIcon({ className: "county", html: "", iconSize: [0, 0] });
      const marker = L.marker([lat, lon], { icon, pane: "outlines", interactive: false, keyboard: false });
      marker.on("add", () => { marker.getElement().textContent = name; });
      names.addLayer(marker);
    });
    const update = () => put(names, map.getZoom() >= 8);
    map.on("zoomend", update);
    update();
  };

  map.on("popupopen", (event) =>
    all("[data-sessions]", event.popup.getElement()).forEach(hide));
  choice.addEventListener("change", show);
  boxes.forEach((box) => box.addEventListener("change", drawBuses));
  map.on("resize", fit);
  map.on("zoomend moveend", nameVenues);
  ["beforeprint", "afterprint"].forEach((moment) => addEventListener(moment, () => {
    document.documentElement.classList.toggle("printing", moment === "beforeprint");
    map.invalidateSize({ animate: false });
  }));
  map.attributionControl.setPrefix('<a href="https://leafletjs.com/">Leaflet</a>');
  nameCounties();
  show();
})();
