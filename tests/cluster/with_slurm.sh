#!/bin/bash
# with_slurm.sh NODES CPUS command... : run one command with a private Slurm around it, inside a PID
# namespace. When the command ends, or the time is up, the kernel ends every daemon and every job process.
# Works as root and as an ordinary user; the command's exit status is returned; 124 = out of time (SLURM_TTL, 600 s).
set -u
[ $# -ge 3 ] || { echo "usage: $0 nodes cpus command..." >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
export WS_HERE=$here WS_N=$1 WS_C=$2; shift 2
# root also gets a private network: OpenMPI's mpirun, orted and ranks listen on every interface. It needs one address
# besides the loopback, or Slurm's getaddrinfo(AI_ADDRCONFIG) finds no name at all and slurmctld never answers.
u=--net; [ "$(id -u)" = 0 ] || u="--user --map-current-user"
export SLURM_HOME=$(mktemp -d "${TMPDIR:-/tmp}/wslurm.XXXXXX") SLURM_BASEPORT=${SLURM_BASEPORT:-$((17000 + ($$ % 40) * 1000))}
chmod 755 "$SLURM_HOME"
unshare $u --pid --fork --kill-child=KILL --mount-proc timeout -k 5 "${SLURM_TTL:-600}" bash -c '
  [ "$(id -u)" != 0 ] || { ip link set lo up && ip link add d0 type veth peer name d1 && ip addr add 10.79.0.1/24 dev d0 &&
    ip link set d0 up && ip link set d1 up; } || exit 125
  "$WS_HERE/start_slurm.sh" "$WS_N" "$WS_C" >&2 || exit 125
  . "$SLURM_HOME/env.sh"; "$@"' with_slurm "$@"
rc=$?
[ -n "${WS_KEEP:-}" ] || rm -rf "$SLURM_HOME"
exit $rc
