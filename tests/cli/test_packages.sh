#!/bin/sh
# What make installs, with a dpkg-query and an apt-get of our own: nothing is installed here.
set -u
. tests/cli/check.inc
mkdir "$folder/bin"

cat >"$folder/bin/dpkg-query" <<'END'
#!/bin/sh
for last; do :; done
if grep -qx "$last" "$PRETEND/installed"; then printf installed; else exit 1; fi
END
# Knows the packages only after an update, as on a fresh machine.
cat >"$folder/bin/apt-get" <<'END'
#!/bin/sh
echo "$DEBIAN_FRONTEND: $*" >>"$PRETEND/calls"
case " $* " in
*" update "*) touch "$PRETEND/updated" ;;
*" nowhere "*) exit 100 ;;
*) [ -f "$PRETEND/updated" ] || { echo "E: Unable to locate package"; exit 100; } ;;
esac
END
printf '#!/bin/sh\nexec "$@"\n' >"$folder/bin/sudo"
chmod +x "$folder"/bin/*

# A small project of its own: the Makefile and the list, no code.
project=$folder/project
mkdir "$project" && cp Makefile packages.txt "$project"
PRETEND=$folder PATH=$folder/bin:$PATH
export PRETEND PATH
unset MAKEFLAGS MFLAGS MAKELEVEL

awk '/^[^#]/ { print $1 }' packages.txt >"$folder/installed"
run make --no-print-directory -C "$project" packages-test
expect "nothing is said or done when nothing is missing" 0 out: "" err: ""
[ ! -e "$folder/calls" ]
ok "apt-get is not called when nothing is missing" $?

grep -vx -e libmd-dev -e libcunit1-dev -e valgrind "$folder/installed" >"$folder/some" && mv "$folder/some" "$folder/installed"
run make --no-print-directory -C "$project" packages-build
expect "one sentence says what is installed" 0 out: "^Installing what is missing with apt-get: libmd-dev (packages.txt says why).$" err: ""
printf 'noninteractive: -qq -y %s\n' 'install --no-install-recommends libmd-dev' update 'install --no-install-recommends libmd-dev' >"$folder/expected"
same "the lists are fetched only after a first attempt" "$folder/calls" "$folder/expected"

rm "$folder/calls"
run make --no-print-directory -C "$project" packages-test
grep -qx 'noninteractive: -qq -y install --no-install-recommends libcunit1-dev' "$folder/calls" && ! grep -q -e update -e valgrind "$folder/calls"
ok "tests need their own packages, and no others" $?

echo 'nowhere build of no use' >>"$project/packages.txt"
run make --no-print-directory -C "$project" packages-build
expect "what cannot be installed is named" 2 out: "^Could not install: libmd-dev nowhere$" err: "Error 1"

awk '/^[^#]/ && NF < 4 { print; bad = 1 } END { exit bad }' packages.txt
ok "every package has a reason" $?
finish
