#!/bin/sh
# archive.sh PROGRAM LIBRARIES-FOLDER OUT-FOLDER: packs one archive for people who cannot install or compile: the statically linked program, parameters,
# scenarios, docs, the source, licences, and a finished example. Same commit, same bytes: the example says the date of the
# commit.
set -eu
program=$1 libraries=$2 out=$3 here=$PWD
version=$("$program" --version | awk 'NR == 1 { print $2 }')
name=pathways-$version-linux-$(uname -m)
date=$(git log -1 --format=%cI)
rm -rf "$out/$name" "$out/$name.tar.gz"
mkdir -p "$out/$name/licences" "$out/$name/output"

cp "$program" "$out/$name/pathways"
strip "$out/$name/pathways"
cp -R params scenarios docs README.md CHANGELOG.md LICENSE "$out/$name/"
cp output/README.md "$out/$name/output/"
sed "s/VERSION/$version/" dist/START_HERE.txt >"$out/$name/START_HERE.txt"
git archive --format=tar --prefix="pathways-$version/" HEAD | gzip -n >"$out/$name/source.tar.gz"

# The program holds these libraries; GSL is under the GNU General Public License, and so is the whole of it (licences/README.txt).
cp dist/LICENCES.txt "$out/$name/licences/README.txt"
cp "$libraries/libxlsxwriter-license.txt" "$out/$name/licences/"
for licence in GPL-3 LGPL-2.1; do
    cp "/usr/share/common-licenses/$licence" "$out/$name/licences/"
done

(cd "$out/$name" && SOURCE_DATE_EPOCH=$(git -C "$here" log -1 --format=%ct) ./pathways run scenarios/supervised_contact.cfg scenarios/perpetrator_programme.cfg scenarios/joint_screening.cfg \
    --draws "${EXAMPLE_DRAWS:-250}" --replications "${EXAMPLE_REPLICATIONS:-4}" --out output/example --quiet)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -C "$out" -cf - "$name" | gzip -n >"$out/$name.tar.gz"
rm -rf "${out:?}/$name"
echo "$out/$name.tar.gz"
