#!/bin/bash
# start_slurm.sh - a throw-away Slurm on one machine, without systemd, loopback only.
#   usage:  start_slurm.sh [nodes=2] [cpus_per_node=1]
#   then :  . $SLURM_HOME/env.sh ; sbatch / srun / squeue ...
#   stop :  stop_slurm.sh
# environment: SLURM_HOME (${TMPDIR:-/tmp}/tiny-slurm)  SLURM_TTL (seconds, 1800; daemons end by themselves)
#              SLURM_BASEPORT (17000)  SLURM_TRES_MB (memory per node, 1024)
# Works as root and as an ordinary user (then jobs run as that user only).
set -u
NODES=${1:-2}; CPUS=${2:-1}
H=${SLURM_HOME:-${TMPDIR:-/tmp}/tiny-slurm}
TTL=${SLURM_TTL:-1800}
BP=${SLURM_BASEPORT:-17000}
MEM=${SLURM_TRES_MB:-1024}
PATH=/usr/sbin:/sbin:$PATH
for x in munged slurmctld slurmd scontrol; do
  command -v $x >/dev/null || { echo "missing: $x; make test-cluster installs them" >&2; exit 3; }
done
case $NODES$CPUS in *[!0-9]*) echo "usage: $0 [nodes] [cpus]" >&2; exit 2;; esac
if [ -s "$H/pids" ]; then
  while read -r p st what; do
    [ "$(awk '{print $22}' /proc/$p/stat 2>/dev/null)" = "$st" ] && { echo "already running ($what pid $p): stop it first" >&2; exit 4; }
  done < "$H/pids"
fi
umask 022
# only ever remove a directory of ours, or an empty one
[ -e "$H/etc/slurm.conf" ] || [ ! -e "$H" ] || rmdir "$H" 2>/dev/null || { echo "$H exists and is not a directory of this script" >&2; exit 5; }
rm -rf "$H"; mkdir -p "$H"/etc "$H"/log "$H"/run "$H"/state "$H"/spool "$H"/tmp || exit 1
mkdir -m 0700 "$H/munge" || exit 1
chmod 0755 "$H/run"
me=$(id -un); host=$(hostname -s)

dd if=/dev/urandom of="$H/munge/key" bs=128 count=1 status=none; chmod 0400 "$H/munge/key"

cat > "$H/etc/slurm.conf" <<C
ClusterName=tiny
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
# cred_expire: a requeued job waits this long + 1 s before it may start again (default 120)
AuthInfo=socket=$H/run/munge.sock,cred_expire=5
CredType=cred/munge
SlurmctldPort=$BP
SlurmdPort=$((BP+1))
SrunPortRange=$((BP+100))-$((BP+999))
# bind to the address of the host name, not to 0.0.0.0
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$H/state
SlurmdSpoolDir=$H/spool/%n
SlurmctldPidFile=$H/run/slurmctld.pid
SlurmdPidFile=$H/run/slurmd.%n.pid
SlurmctldLogFile=$H/log/slurmctld.log
SlurmdLogFile=$H/log/slurmd.%n.log
SlurmctldDebug=info
SlurmdDebug=info
# no cgroups, no binding, no accounting daemon
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$H/log/jobcomp.txt
SwitchType=switch/none
# srun --mpi=pmix makes TmpFS/spmix_appdir_UID_JOB.STEP on each node: it must differ between nodes that share a host
TmpFS=$H/tmp/%n
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
PriorityType=priority/basic
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
# with sbatch --signal=..., preemption sends that signal at the start of the grace time (22.05 name of the option)
SlurmctldParameters=preempt_send_user_signal
ReturnToService=2
JobRequeue=1
KillOnBadExit=1
DependencyParameters=kill_invalid_depend
KillWait=5
MinJobAge=3600
MaxArraySize=100001
MaxJobCount=200000
OverTimeLimit=0
MessageTimeout=20
SlurmctldTimeout=30
SlurmdTimeout=60
InactiveLimit=0
# nodes may claim more than the machine has
SlurmdParameters=config_overrides
C
# slurmd of 22.05 opens a cgroup plugin even with proctrack/linuxproc, and stops where it finds no cgroup tree it
# likes (containers); named outright, the v1 plugin touches nothing as long as no other plugin uses it
echo 'CgroupPlugin=cgroup/v1' > "$H/etc/cgroup.conf"
for i in $(seq 1 $NODES); do
  echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((BP+10+i)) CPUs=$CPUS RealMemory=$MEM State=UNKNOWN" >> "$H/etc/slurm.conf"
done
cat >> "$H/etc/slurm.conf" <<C
PartitionName=main Nodes=ALL Default=YES MaxTime=60 DefaultTime=10 State=UP PriorityTier=1 PreemptMode=REQUEUE GraceTime=10
PartitionName=urgent Nodes=ALL Default=NO MaxTime=60 DefaultTime=10 State=UP PriorityTier=10 PreemptMode=OFF
C
cat > "$H/env.sh" <<C
export SLURM_CONF=$H/etc/slurm.conf SLURM_HOME=$H
C
. "$H/env.sh"

: > "$H/pids"
spawn() { # name command...   run in the foreground mode of the daemon, bounded by timeout(1)
  local what=$1; shift
  setsid timeout -k 5 "$TTL" "$@" </dev/null >"$H/log/$what.out" 2>&1 &
  local p=$!
  echo "$p $(awk '{print $22}' /proc/$p/stat) $what" >> "$H/pids"
}
fail() { echo "start_slurm: $1" >&2; tail -n 15 "$H"/log/* >&2; "$(dirname "$0")/stop_slurm.sh" >/dev/null 2>&1; exit 1; }

spawn munged munged --foreground --force --key-file="$H/munge/key" --socket="$H/run/munge.sock" \
   --pid-file="$H/munge/pid" --log-file="$H/munge/log" --seed-file="$H/munge/seed" --num-threads=2
for k in $(seq 1 100); do munge -S "$H/run/munge.sock" -n >/dev/null 2>&1 && break; sleep 0.05; done
munge -S "$H/run/munge.sock" -n >/dev/null 2>&1 || fail "munged does not answer"

spawn slurmctld slurmctld -D -c -f "$SLURM_CONF"
for k in $(seq 1 200); do timeout 5 scontrol ping 2>/dev/null | grep -q 'is UP' && break; sleep 0.05; done
timeout 5 scontrol ping 2>/dev/null | grep -q 'is UP' || fail "slurmctld does not answer (no address but the loopback? then getaddrinfo fails: ip addr add one)"

for i in $(seq 1 $NODES); do
  mkdir -p "$H/spool/n$i"; mkdir -m 1777 "$H/tmp/n$i"
  spawn slurmd.n$i slurmd -D -N n$i -f "$SLURM_CONF"
done
for k in $(seq 1 300); do
  up=$(timeout 5 sinfo -h -N -p main -t idle -o %N 2>/dev/null | sort -u | wc -l)
  [ "$up" -ge "$NODES" ] && break; sleep 0.1
done
[ "$up" -ge "$NODES" ] || fail "only $up of $NODES nodes came up"
echo "slurm up: $NODES nodes x $CPUS cpu; . $H/env.sh"
