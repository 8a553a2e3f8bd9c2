package import Basics

/// The jobs of a study on a Slurm cluster: an array with a shard in each task, and one that merges.
///
/// The texts are bash scripts for `sbatch`. They name everything by absolute paths on a file system that
/// all nodes share, and may be read, changed and submitted by hand.
package struct SlurmJobs: Sendable, Hashable {
  /// Of the jobs, in the queue's listing.
  package var name: String
  /// The program's file.
  package var program: String
  /// The folder in which the user gave the command; relative words of a backend start there.
  package var workingDirectory: String
  /// The folder with the bundled tasks and grammars, if there is one.
  package var home: String?
  /// The study's file.
  package var study: String
  /// Where the shards, the scripts and the logs are.
  package var folder: String
  /// Where the united run is kept.
  package var out: String
  /// How many shards.
  package var count: Int
  package var time: SlurmTime?
  package var partition: String?
  package var gpus: String?
  /// Further lines after `#SBATCH`.
  package var directives: [String] = []
  /// A shell command that starts the model server on port `$PORT`.
  package var serve: String?
  /// What follows the address of the server, such as `/v1`.
  package var serverPath = "/v1"
  /// Further options of `run`.
  package var options: [String] = []

  package init(
    name: String, program: String, workingDirectory: String, study: String, folder: String,
    out: String, count: Int
  ) {
    self.name = name
    self.program = program
    self.workingDirectory = workingDirectory
    self.study = study
    self.folder = folder
    self.out = out
    self.count = count
  }

  /// The folder of a shard, from 1.
  package func shard(_ index: Int) -> String { "\(folder)/shard-\(index)" }

  package var logs: String { folder + "/logs" }

  /// The values that stand behind `#SBATCH`, where a blank or a line's end would begin something else.
  ///
  /// - Throws: `InputError` naming the option.
  package func check() throws(InputError) {
    for (option, value) in [("--partition", partition), ("--gpus", gpus)] {
      guard let value else { continue }
      guard !value.isEmpty, value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
        throw InputError("\(option) \(quoted(value)): expected one word")
      }
    }
    for value in directives {
      guard value.hasPrefix("--"), !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw InputError(
          "--sbatch \(quoted(value)): expected an option of sbatch, such as --account=physics")
      }
    }
  }

  private func head(_ suffix: String, _ lines: [String?]) -> String {
    let all = ["--job-name=\(name)\(suffix)"] + lines.compactMap { $0 } + directives
    return "#!/bin/bash\n" + all.map { "#SBATCH \($0)\n" }.joined()
  }

  private var start: String {
    """
    set -u
    cd \(ShellText.quoted(workingDirectory)) || exit 2
    \(home.map { "export FORMATSPREAD_HOME=\(ShellText.quoted($0))\n" } ?? "")\
    formatspread=\(ShellText.quoted(program))
    folder=\(ShellText.quoted(folder))

    """
  }

  /// The script of the array: each task evaluates its shard and puts itself back into the queue when
  /// there is more to do.
  package var arrayScript: String {
    head(
      "",
      [
        "--array=1-\(count)", partition.map { "--partition=\($0)" },
        time.map { "--time=\($0.text)" }, gpus.map { "--gpus=\($0)" }, "--requeue",
        "--open-mode=append", "--output=\(logs)/%a.log",
      ])
        + """
        # One shard of a study. A shard continues where its journal ends, so this may be killed, requeued
        # and submitted again at any moment (a single shard: sbatch --array=3 …).

        """ + start
        + """
        shard=$SLURM_ARRAY_TASK_ID
        directory=$folder/shard-$shard
        journal=$directory/journal.jsonl
        size() { stat --format=%s "$journal" 2>/dev/null || echo 0; }
        before=$(size)
        address=()
        \(serve.map { server($0) } ?? "")\
        \(deadline)"$formatspread" run --config \(ShellText.quoted(study)) --shard "$shard/\(count)" \\
          --out "$directory" --quiet ${address[@]+"${address[@]}"}\(deadlineOption)\(runOptions)
        status=$?
        # 0: complete. 2: a wrong option or input, which another try would meet again.
        if [ $status -eq 0 ] || [ $status -eq 2 ]; then exit $status; fi
        # Everything else is worth another try, as long as answers arrive, and three times without.
        if [ "$(size)" -gt "$before" ] || [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then
          echo "shard $shard ended with status $status and goes back into the queue" >&2
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60
        fi
        exit $status

        """
  }

  private var deadline: String {
    guard let time else { return "" }
    return """
      # The rest of \(time.deadline) seconds, of the \(time.seconds) that the job has.
      left=$((\(time.deadline) - SECONDS))
      if [ $left -lt 1 ]; then left=1; fi

      """
  }

  private var deadlineOption: String {
    time == nil ? "" : " \\\n  --deadline \"${left}s\""
  }

  private var runOptions: String {
    options.isEmpty ? "" : " \\\n  " + ShellText.quoted(options)
  }

  private func server(_ command: String) -> String {
    """
    # A free port of this node, so that several shards can share it.
    PORT=$((20000 + (SLURM_JOB_ID * 97 + shard) % 20000))
    while (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; do PORT=$((PORT + 1)); done
    export PORT
    address=(--address "http://127.0.0.1:$PORT\(serverPath)")
    log=$folder/logs/server-$shard.log
    setsid bash -c \(ShellText.quoted(command)) >> "$log" 2>&1 &
    server=$!
    end_server() {
      kill -TERM -- "-$server" 2>/dev/null
      for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 -- "-$server" 2>/dev/null || return
        sleep 0.5
      done
      kill -KILL -- "-$server" 2>/dev/null
    }
    trap end_server EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    until "$formatspread" probe --backend "http://127.0.0.1:$PORT\(serverPath)" > /dev/null 2>&1; do
      if ! kill -0 "$server" 2>/dev/null; then
        echo "the model server ended before it answered; its words: $log" >&2
        exit 1
      fi
      sleep 1
    done

    """
  }

  /// The script of the job that unites the shards when all tasks of the array have ended.
  package var mergeScript: String {
    head("-merge", [partition.map { "--partition=\($0)" }, "--output=\(logs)/merge.log"])
      + "# Unites the shards that are there; status 3 says that cells are missing.\n" + start
        + """
        shards=()
        for shard in $(seq 1 \(count)); do
          if [ -f "$folder/shard-$shard/study.json" ]; then shards+=("$folder/shard-$shard"); fi
        done
        exec "$formatspread" merge "${shards[@]}" --out \(ShellText.quoted(out))

        """
  }
}
