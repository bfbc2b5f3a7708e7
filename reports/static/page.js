"use strict";
// Shows one session, one day or all; switches buses on and off. Without scripts the tables remain.
(() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const map = window[data.map];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const boxes = all("input[data-bus]");
  const choice = document.getElementById("session");
  const buses = data.buses.map((bus) => ({ ...bus, layer: window[bus.layer] }));
  const places = data.places.map((place) => ({ ...place, layer: window[place.layer] }));
  let shown = new Set();

  const meets = (sessions) => sessions.some((k) => shown.has(k));
  const numbers = (text) => text.split(" ").filter(Boolean).map(Number);
  const put = (layer, on) => (on ? map.addLayer(layer) : map.removeLayer(layer));
  const hide = (element) => { element.hidden = !meets(numbers(element.dataset.sessions)); };

  const drawBuses = () =>
    buses.forEach((bus, k) => put(bus.layer, boxes[k].checked && meets(bus.sessions)));

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
    const update = () => {
      const near = map.getZoom() >= 8;
      map.getContainer().classList.toggle("far", !near);
      put(names, near);
    };
    map.on("zoomend", update);
    update();
  };

  map.on("popupopen", (event) =>
    all("[data-sessions]", event.popup.getElement()).forEach(hide));
  choice.addEventListener("change", show);
  boxes.forEach((box) => box.addEventListener("change", drawBuses));
  map.on("resize", fit);
  map.attributionControl.setPrefix('<a href="https://leafletjs.com/">Leaflet</a>');
  nameCounties();
  show();
})();
