#!/bin/sh
# with_sge.sh GRIDENGINE COMMAND...: runs a command with a private Grid Engine around it: one queue of two slots on this machine. GRIDENGINE is what fetch_sge.sh
# made. Needs root: a network, a host name, a process and a mount namespace of its own; when the command ends, the kernel ends the daemons and every job. Its
# exit code is the command's.
set -u
if [ -z "${SGE_PLACE:-}" ]; then
    SGE_TREE=$(realpath "$1") SGE_PLACE=$(mktemp -d) SGE_HERE=$(realpath "$0")
    export SGE_TREE SGE_PLACE SGE_HERE
    shift
    unshare --net --uts --mount --pid --fork --kill-child=KILL --mount-proc timeout -k 5 "${SGE_TTL:-300}" sh "$SGE_HERE" "$@"
    code=$?
    rm -rf "$SGE_PLACE"
    exit $code
fi
fail() { echo "with_sge: $1" >&2; cat "$SGE_PLACE"/log/* "$SGE_PLACE"/spool/qmaster/messages >&2 2>/dev/null; exit 125; }

# It finds its libraries in /usr/lib/gridengine alone, and wants a host with a name and an address.
mount -t overlay overlay -o "lowerdir=$SGE_TREE/usr/lib:/usr/lib" /usr/lib || fail "no overlay over /usr/lib"
ip link set lo up && ip link add d0 type veth peer name d1 && ip addr add 10.79.0.1/24 dev d0 && ip link set d0 up && ip link set d1 up || fail "no network"
printf '127.0.0.1 localhost\n10.79.0.1 one\n' >"$SGE_PLACE/hosts"
mount --bind "$SGE_PLACE/hosts" /etc/hosts && hostname one || fail "no name"

own=/usr/lib/gridengine root=$SGE_PLACE
mkdir -p "$root/default/common" "$root/spool/qmaster/job_scripts" "$root/spool/exec" "$root/bin" "$root/lib" "$root/utilbin" "$root/log"
chmod 755 "$root"
for folder in bin lib utilbin; do ln -s $own "$root/$folder/lx-amd64"; done
ln -s "$SGE_TREE/usr/share/gridengine/util" "$root/util"
LD_LIBRARY_PATH=$(dirname "$(find "$SGE_TREE/usr/lib" -name libjemalloc.so.2)"):$own
PATH=$own:$PATH
export SGE_ROOT="$root" SGE_CELL=default SGE_ARCH=lx-amd64 SGE_QMASTER_PORT=6444 SGE_EXECD_PORT=6445 LD_LIBRARY_PATH PATH
cat >"$root/default/common/bootstrap" <<END
Version: 6.2
admin_user none
default_domain none
ignore_fqdn true
spooling_method classic
spooling_lib libspoolc
spooling_params $root/default/common;$root/spool/qmaster
binary_path $root/bin
qmaster_spool_dir $root/spool/qmaster
security_mode none
listener_threads 2
worker_threads 2
scheduler_threads 1
END
echo one >"$root/default/common/act_qmaster"
echo p6444 >"$root/default/common/cluster_name"
# root may have jobs; load is told each second
sed -e "s|/var/spool/gridengine/execd|$root/spool/exec|; s|^min_uid.*|min_uid 0|; s|^min_gid.*|min_gid 0|" \
    -e "s|^load_report_time.*|load_report_time 00:00:01|; s|^gid_range.*|gid_range 20000-20100|" "$SGE_TREE/usr/share/gridengine/default-configuration" >"$root/configuration"
{
    spoolinit classic libspoolc "$root/default/common;$root/spool/qmaster" init && spooldefaults.bin configuration "$root/configuration" &&
        spooldefaults.bin complexes "$root/util/resources/centry" && spooldefaults.bin usersets "$root/util/resources/usersets" && spooldefaults.bin managers root
} >"$root/log/spool" 2>&1 || fail "no spool"

tries() { tried=0; until "$@" >"$root/log/last" 2>&1; do tried=$((tried + 1)); [ $tried -lt 100 ] || fail "$*"; sleep 0.1; done; }
sge_qmaster >"$root/log/qmaster" 2>&1
tries qconf -sh
qconf -as one >"$root/log/last" 2>&1
sge_execd >"$root/log/execd" 2>&1
printf 'group_name @hosts\nhostlist one\n' >"$root/hosts.group"
tries qconf -Ahgrp "$root/hosts.group"
# The template of a queue, with hosts and slots; job script lines say which shell.
qconf -sq | sed -e 's/^qname .*/qname all.q/; s/^hostlist .*/hostlist @hosts/; s/^slots .*/slots 2/; s/^load_thresholds .*/load_thresholds NONE/' \
    -e 's/^rerun .*/rerun TRUE/; s/^pe_list .*/pe_list NONE/; s|^shell .*|shell /bin/sh|' >"$root/queue"
tries qconf -Aq "$root/queue"
qconf -ssconf | sed -e 's/^schedule_interval .*/schedule_interval 0:0:1/; s/^flush_submit_sec .*/flush_submit_sec 1/' \
    -e 's/^flush_finish_sec .*/flush_finish_sec 1/; s/^job_load_adjustments .*/job_load_adjustments NONE/; s/^load_formula .*/load_formula slots/' >"$root/scheduler"
tries qconf -Msconf "$root/scheduler"
"$@"
