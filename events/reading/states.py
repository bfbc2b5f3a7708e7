"""Boxes of the states, by the FIPS code that begins every NCES number.

Degrees, rounded outward to a tenth, from the US Census cartographic boundaries of 2017 (public
domain) as packed in us-atlas 3.0.1, states-10m. Alaska's islands west of 180 degrees are left out.
"""

from typing import NamedTuple


class Box(NamedTuple):
    """A state and the degrees it lies between."""

    name: str
    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a position lies in it."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


STATES = {
    "01": Box("Alabama", 30.2, 35.1, -88.5, -84.8),
    "02": Box("Alaska", 51.2, 71.4, -179.2, -129.9),
    "04": Box("Arizona", 31.3, 37.1, -114.9, -109.0),
    "05": Box("Arkansas", 33.0, 36.5, -94.7, -89.6),
    "06": Box("California", 32.5, 42.1, -124.5, -114.1),
    "08": Box("Colorado", 36.9, 41.1, -109.1, -102.0),
    "09": Box("Connecticut", 40.9, 42.1, -73.8, -71.7),
    "10": Box("Delaware", 38.4, 39.9, -75.8, -75.0),
    "11": Box("District of Columbia", 38.7, 39.0, -77.2, -76.9),
    "12": Box("Florida", 24.5, 31.1, -87.7, -80.0),
    "13": Box("Georgia", 30.3, 35.1, -85.7, -80.8),
    "15": Box("Hawaii", 18.9, 22.3, -160.3, -154.8),
    "16": Box("Idaho", 41.9, 49.1, -117.3, -111.0),
    "17": Box("Illinois", 36.9, 42.6, -91.6, -87.4),
    "18": Box("Indiana", 37.7, 41.8, -88.1, -84.7),
    "19": Box("Iowa", 40.3, 43.6, -96.7, -90.1),
    "20": Box("Kansas", 36.9, 40.1, -102.1, -94.5),
    "21": Box("Kentucky", 36.4, 39.2, -89.6, -81.9),
    "22": Box("Louisiana", 28.9, 33.1, -94.1, -88.8),
    "23": Box("Maine", 43.0, 47.5, -71.1, -66.9),
    "24": Box("Maryland", 37.9, 39.8, -79.5, -75.0),
    "25": Box("Massachusetts", 41.2, 42.9, -73.6, -69.9),
    "26": Box("Michigan", 41.6, 48.2, -90.5, -82.4),
    "27": Box("Minnesota", 43.4, 49.4, -97.3, -89.4),
    "28": Box("Mississippi", 30.1, 35.0, -91.7, -88.0),
    "29": Box("Missouri", 35.9, 40.7, -95.8, -89.0),
    "30": Box("Montana", 44.3, 49.1, -116.1, -104.0),
    "31": Box("Nebraska", 40.0, 43.1, -104.1, -95.3),
    "32": Box("Nevada", 35.0, 42.1, -120.1, -114.0),
    "33": Box("New Hampshire", 42.6, 45.4, -72.6, -70.7),
    "34": Box("New Jersey", 38.9, 41.4, -75.6, -73.8),
    "35": Box("New Mexico", 31.3, 37.1, -109.1, -103.0),
    "36": Box("New York", 40.5, 45.1, -79.8, -71.8),
    "37": Box("North Carolina", 33.8, 36.6, -84.4, -75.4),
    "38": Box("North Dakota", 45.9, 49.1, -104.1, -96.5),
    "39": Box("Ohio", 38.4, 42.0, -84.9, -80.5),
    "40": Box("Oklahoma", 33.6, 37.1, -103.1, -94.4),
    "41": Box("Oregon", 41.9, 46.3, -124.6, -116.4),
    "42": Box("Pennsylvania", 39.7, 42.3, -80.6, -74.6),
    "44": Box("Rhode Island", 41.1, 42.1, -71.9, -71.1),
    "45": Box("South Carolina", 32.0, 35.3, -83.4, -78.5),
    "46": Box("South Dakota", 42.4, 46.0, -104.1, -96.4),
    "47": Box("Tennessee", 34.9, 36.7, -90.4, -81.6),
    "48": Box("Texas", 25.8, 36.6, -106.7, -93.5),
    "49": Box("Utah", 36.9, 42.1, -114.1, -109.0),
    "50": Box("Vermont", 42.7, 45.1, -73.5, -71.4),
    "51": Box("Virginia", 36.5, 39.5, -83.7, -75.2),
    "53": Box("Washington", 45.5, 49.1, -124.8, -116.9),
    "54": Box("West Virginia", 37.2, 40.7, -82.7, -77.7),
    "55": Box("Wisconsin", 42.4, 47.1, -92.9, -86.8),
    "56": Box("Wyoming", 40.9, 45.1, -111.1, -104.0),
    "60": Box("American Samoa", -14.4, -14.1, -170.9, -169.4),
    "66": Box("Guam", 13.2, 13.7, 144.6, 145.0),
    "69": Box("Northern Mariana Islands", 14.1, 18.9, 145.1, 146.1),
    "72": Box("Puerto Rico", 17.9, 18.6, -68.0, -65.2),
    "78": Box("US Virgin Islands", 17.6, 18.4, -65.1, -64.5),
}
NO_STATE = frozenset(
    {"59", "61", "63"}
)  # Bureau of Indian Education, Department of Defense: anywhere
