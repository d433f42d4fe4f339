"""Incidents as GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.days import of_place, of_time
from dateline.export.incident_tables import incident_row
from dateline.export.narrative import sentence
from dateline.export.view import View

Json = dict[str, Any]


def geojson_pieces(views: Iterable[View]) -> Iterator[str]:
    """A FeatureCollection, piece by piece: one feature per incident, at its first place.

    An incident without coordinates has no geometry. The properties are those of an incident's row,
    a sentence (`summary`), the precision of place and time as ACLED and UCDP code it, and all
    places. `bbox` goes around all points.
    """
    found = [_feature(view) for view in views]
    points = [x["geometry"]["coordinates"] for x in found if x["geometry"]]
    yield '{"type": "FeatureCollection",'
    if points:
        lons, lats = [x[0] for x in points], [x[1] for x in points]
        yield f' "bbox": {json.dumps([min(lons), min(lats), max(lons), max(lats)])},'
    yield ' "features": ['
    for number, feature in enumerate(found):
        comma = ",\n" if number else "\n"
        yield comma + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def _feature(view: View) -> Json:
    place = view.place
    geometry: Json | None = None
    if place and place.lat is not None and place.lon is not None:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {
        "type": "Feature",
        "id": view.incident.id,
        "geometry": geometry,
        "properties": {
            **incident_row(view),
            "summary": sentence(view),
            "feature_type": "event",
            **_precision(view),
            "all_places": [
                {
                    "name": x.value.name,
                    "level": x.value.level,
                    "lat": x.value.lat,
                    "lon": x.value.lon,
                }
                for x in view.incident.places
            ],
        },
    }


def _precision(view: View) -> Json:
    days, level = view.days, view.place.level if view.place else ""
    geo, where = of_place("acled-geo", level), of_place("ucdp-where", level)
    return {
        "time_precision": of_time("acled-time", days).code if days else None,
        "date_prec": of_time("ucdp-date", days).code if days else None,
        "geo_precision": geo.code if geo else None,
        "where_prec": where.code if where else None,
    }
