#!/bin/sh
# fetch_sge.sh FOLDER: Grid Engine from Debian's packages, unpacked into FOLDER and not installed: the packages would start daemons on the machine. Does nothing
# if it is there.
set -eu
[ -x "$1/usr/lib/gridengine/sge_qmaster" ] && exit 0
mkdir -p "$1/debs"
cd "$1/debs"
apt-get -qq download gridengine-master gridengine-exec gridengine-client gridengine-common libjemalloc2 2>fetch.log || { cat fetch.log; exit 1; }
for deb in *.deb; do dpkg-deb -x "$deb" ..; done
