# A Slurm cluster of three nodes on this machine, for as long as the calling script runs.
#
# Sourced by slurm.sh. Needs slurmctld, slurmd (built with --enable-multiple-slurmd, as Debian's is),
# munged and the rights of root. Everything lies in the folder $1 and listens on loopback only.

cluster_missing() {
  local name
  for name in munged slurmctld slurmd sbatch scontrol squeue; do
    command -v "$name" > /dev/null || { echo "$name is not installed (apt-get install slurm-wlm munge)"; return; }
  done
  [ "$(id -u)" = 0 ] || echo "only root can start munged and slurmd"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

cluster_start() {
  cluster_folder=$1
  mkdir -p "$cluster_folder"/{munge,state}
  chmod 700 "$cluster_folder/munge"
  head -c 1024 /dev/urandom > "$cluster_folder/munge/key"
  chmod 400 "$cluster_folder/munge/key"
  munged --foreground --force --socket="$cluster_folder/munge/socket" \
    --key-file="$cluster_folder/munge/key" --pid-file="$cluster_folder/munge/pid" \
    --log-file="$cluster_folder/munge/log" --seed-file="$cluster_folder/munge/seed" \
    > "$cluster_folder/munge/out" 2>&1 &
  cluster_daemons=($!)
  local host
  host=$(hostname -s)
  {
    echo "ClusterName=formatspread-test"
    echo "SlurmctldHost=$host(127.0.0.1)"
    echo "SlurmUser=root"
    echo "SlurmdUser=root"
    echo "AuthType=auth/munge"
    echo "AuthInfo=socket=$cluster_folder/munge/socket,cred_expire=5"
    echo "CredType=cred/munge"
    echo "SlurmctldPort=$(free_port)"
    echo "StateSaveLocation=$cluster_folder/state"
    echo "SlurmdSpoolDir=$cluster_folder/spool-%n"
    echo "SlurmctldPidFile=$cluster_folder/slurmctld.pid"
    echo "SlurmdPidFile=$cluster_folder/slurmd-%n.pid"
    echo "SlurmctldLogFile=$cluster_folder/slurmctld.log"
    echo "SlurmdLogFile=$cluster_folder/slurmd-%n.log"
    echo "ProctrackType=proctrack/linuxproc"
    echo "TaskPlugin=task/none"
    echo "SelectType=select/cons_tres"
    echo "SelectTypeParameters=CR_Core"
    echo "JobAcctGatherType=jobacct_gather/none"
    echo "ReturnToService=2"
    echo "KillWait=5"
    echo "MinJobAge=600"
    echo "SchedulerParameters=sched_interval=1,batch_sched_delay=0"
    echo "SlurmdParameters=config_overrides"
    local node
    for node in 1 2 3; do
      echo "NodeName=node$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1"
    done
    echo "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP"
  } > "$cluster_folder/slurm.conf"
  echo "CgroupPlugin=autodetect" > "$cluster_folder/cgroup.conf"
  export SLURM_CONF=$cluster_folder/slurm.conf
  local try
  for try in $(seq 50); do
    [ -S "$cluster_folder/munge/socket" ] && break
    sleep 0.1
  done
  slurmctld -D -c > "$cluster_folder/slurmctld.out" 2>&1 &
  cluster_daemons+=($!)
  for node in 1 2 3; do
    slurmd -D -N "node$node" > "$cluster_folder/slurmd-$node.out" 2>&1 &
    cluster_daemons+=($!)
  done
  for try in $(seq 100); do
    [ "$(sinfo --noheader --format=%t,%D 2> /dev/null)" = "idle,3" ] && return 0
    sleep 0.2
  done
  echo "the cluster did not come up:" >&2
  sinfo >&2
  tail -n 5 "$cluster_folder"/*.log >&2
  return 1
}

cluster_end() {
  scancel --user=root 2> /dev/null
  sleep 1
  kill "${cluster_daemons[@]}" 2> /dev/null
  wait 2> /dev/null
}
