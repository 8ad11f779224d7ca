#!/bin/sh
# static_xlsxwriter.sh FOLDER: makes FOLDER/libxlsxwriter.a, the one library of ours that Debian has as a shared one only, from Debian's
# own source package (apt checks its signature). Does nothing if it is there.
set -eu
folder=$1
[ -s "$folder/libxlsxwriter.a" ] && exit 0
mkdir -p "$folder/apt/lists/partial" "$folder/apt/parts" "$folder/source"
folder=$(cd "$folder" && pwd)

# The machine's own places to get packages from, asked for sources in place of programs.
for list in /etc/apt/sources.list.d/*.sources; do
    [ -e "$list" ] && sed 's/^Types:.*/Types: deb-src/' "$list" >"$folder/apt/parts/$(basename "$list")"
done
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$list" ] && sed -n 's/^deb /deb-src /p' "$list" >"$folder/apt/parts/$(basename "$list" .list).list"
done
apt="apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=$folder/apt/parts -o Dir::State::Lists=$folder/apt/lists -o APT::Sandbox::User=$(id -un)"
echo "Fetching the source of libxlsxwriter from Debian (it has no static library)."
$apt update
(cd "$folder/source" && $apt --download-only source libxlsxwriter)
tar xf "$folder"/source/libxlsxwriter_*.orig.tar.* -C "$folder/source" --strip-components=1 --wildcards '*/src/*' '*/include/*' '*/third_party/*' '*/License.txt'

cd "$folder/source"
objects=
for file in src/*.c third_party/minizip/ioapi.c third_party/minizip/zip.c third_party/tmpfileplus/tmpfileplus.c third_party/md5/md5.c; do
    object=$(basename "$file" .c).o
    "${CC:-gcc}" -O2 -DNOCRYPT -DNOUNCRYPT -Iinclude -c "$file" -o "$object"
    objects="$objects $object"
done
# shellcheck disable=SC2086
ar qcs "$folder/libxlsxwriter.a" $objects
cp License.txt "$folder/libxlsxwriter-license.txt"
rm -rf "$folder/apt" "$folder/source"
