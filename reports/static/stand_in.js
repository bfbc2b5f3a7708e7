"use strict";
// Folium hands popups to $ as one element in a string; nothing else of jQuery is needed.
const $ = (html) => new DOMParser().parseFromString(html.trim(), "text/html").body.children;
// A marker is drawn before folium gives it its icon; Leaflet's own one is a picture to load.
L.Marker.mergeOptions({ icon: L.divIcon({ className: "mark" }) });
