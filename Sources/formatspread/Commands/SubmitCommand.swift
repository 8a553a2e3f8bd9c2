import Basics
import Clusters
import Foundation
import Models
import Runs

extension Subcommand {
  static let submit = Subcommand(
    name: "submit",
    summary: "Write the jobs that run a study on a cluster, and submit them",
    arguments: "slurm STUDY.json --jobs N [OPTIONS] [-- OPTIONS OF RUN]",
    discussion: """
      Writes an sbatch array script whose tasks evaluate one shard each, and a dependent script that merges \
      them and makes the report. Each task starts its model server if asked, waits until it answers, runs \
      with a deadline below the job's limit, and goes back into the queue while there is more to do: \
      killed, preempted and requeued tasks continue where they were.

      STUDY.json is a file as 'run --config' takes it. Without --go the scripts are only written, to be \
      read first. The folder must be on a file system that all nodes see.
      """,
    options: [
      .init(name: "--jobs", value: "N", help: "Shards, each a task of the array."),
      .init(
        name: "--out", value: "DIR",
        help:
          "Where the united run is kept (default: runs/ and a name made from the study); scripts, "
          + "shards and logs are in DIR.jobs."),
      .init(name: "--partition", value: "P", help: "As for sbatch."),
      .init(
        name: "--time", value: "T",
        help: "A task's limit as for sbatch, such as 08:00:00; the run stops cleanly before it."),
      .init(name: "--gpus", value: "G", help: "As for sbatch, for each task."),
      .init(
        name: "--serve", value: "COMMAND",
        help:
          "A shell command that starts the model server in each task; it must listen on port $PORT. "
          + "The study's --backend says what path the address has."),
      .init(
        name: "--sbatch", value: "OPTION",
        help: "Another option of sbatch for both jobs, such as --account=physics; may be repeated.",
        isRepeated: true),
      .init(name: "--go", value: nil, help: "Submit the jobs."),
    ],
    examples: [
      (
        "formatspread submit slurm study.json --jobs 16 --time 04:00:00 --gpus 1 "
          + "--serve 'vllm serve my/model --port $PORT'",
        "sixteen shards, each with its own server"
      )
    ]
  ) { arguments in
    try Submission(arguments).run()
  }
}

/// One `formatspread submit`.
private struct Submission {
  private let arguments: Arguments
  private let jobs: SlurmJobs
  private let study: Study

  init(_ arguments: Arguments) throws(InputError) {
    self.arguments = arguments
    let words = try arguments.requirePositionals("slurm and a study's file")
    guard words[0] == "slurm" else {
      throw InputError(
        "submit \(quoted(words[0])): unknown\(didYouMean(words[0], among: ["slurm"])); known: slurm"
      )
    }
    guard words.count > 1 else { throw InputError("submit slurm: expected a study's file") }
    guard let count = try arguments.number("--jobs", from: 1) else {
      throw InputError("submit slurm: needs --jobs N, the number of shards")
    }
    let options = Array(words.dropFirst(2))
    let given = try Arguments(["--config", words[1]] + options, for: .run)
    for name in ["--shard", "--out", "--config", "--deadline", "--json", "--address"]
    where options.contains(where: { $0 == name || $0.hasPrefix(name + "=") }) {
      throw InputError("\(name): is set by the jobs themselves")
    }
    let (merged, file) = try StudyFile.applied(to: given)
    var (study, _) = try Study.described(by: merged)
    try file?.check(study)
    for index in study.tasks.indices { study.tasks[index].path = absolute(study.tasks[index].path) }
    study.grammar.path = study.grammar.path.map { absolute($0) }
    self.study = study
    let out = absolute(arguments.text("--out") ?? study.defaultDirectory)
    var jobs = SlurmJobs(
      name: "formatspread-\(study.digest.prefix(8))", program: absolute(Bundled.executable),
      workingDirectory: FileManager.default.currentDirectoryPath, study: out + ".jobs/study.json",
      folder: out + ".jobs", out: out, count: count)
    jobs.home = Bundled.folder("tasks").map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().path
    }
    jobs.time = try arguments.text("--time").map { text throws(InputError) in try SlurmTime(text) }
    jobs.partition = arguments.text("--partition")
    jobs.gpus = arguments.text("--gpus")
    jobs.directives = arguments.texts("--sbatch")
    jobs.serve = arguments.text("--serve")
    if jobs.serve != nil { jobs.serverPath = try Self.path(study) }
    // What decides the study is in its file; the rest is of the session.
    jobs.options = Self.sessionWords(given)
    try jobs.check()
    self.jobs = jobs
  }

  /// The options of a session, such as how many requests are under way at once.
  private static func sessionWords(_ given: Arguments) -> [String] {
    [
      "--concurrency", "--timeout", "--max-failures", "--api-key-file", "--reuse", "--repeat",
      PoolOptions.pace.name, PoolOptions.prompts.name,
    ]
    .flatMap { name in given.texts(name).flatMap { [name, $0] } }
  }

  private static func path(_ study: Study) throws(InputError) -> String {
    guard case .server(let address) = try BackendSpecification.parse(study.backend) else {
      throw InputError(
        "--serve: starts a model server, and the study's backend is \(study.backend); give it one such "
          + "as http://localhost:8000/v1")
    }
    let text = address.description
    guard let scheme = text.range(of: "://"),
      let slash = text[scheme.upperBound...].firstIndex(of: "/")
    else { return "" }
    return String(text[slash...])
  }

  func run() throws -> Int32 {
    do {
      try FileManager.default.createDirectory(
        atPath: jobs.logs, withIntermediateDirectories: true)
    } catch {
      throw InputError("\(jobs.logs): the folder cannot be made (\(error.localizedDescription))")
    }
    let array = jobs.folder + "/array.sbatch"
    let merge = jobs.folder + "/merge.sbatch"
    if FileManager.default.fileExists(atPath: jobs.study) {
      let differences = try study.differences(from: Study(try TextFile.json(jobs.study)))
      guard differences.isEmpty else {
        throw InputError(
          "\(jobs.folder): holds the jobs of another study: \(differences.joined(separator: ", ")); "
            + "give another --out")
      }
    }
    try TextFile.replace(jobs.study, with: study.json.pretty())
    try TextFile.replace(array, with: jobs.arrayScript)
    try TextFile.replace(merge, with: jobs.mergeScript)
    for file in [array, merge, jobs.study] { Output.data(file + "\n") }
    guard arguments.has("--go") else {
      Output.line("formatspread: written; add --go to submit, or by hand:")
      Output.line("  id=$(sbatch --parsable \(ShellText.quoted(array)))")
      Output.line("  sbatch --dependency=afterany:$id \(ShellText.quoted(merge))")
      return Tool.Status.done
    }
    let id = try Self.sbatch([array])
    let last = try Self.sbatch(["--dependency=afterany:\(id)", merge])
    Output.line(
      "formatspread: submitted the array \(id) of \(jobs.count) shards and the merge \(last); the "
        + "report will be in \(jobs.out)")
    return Tool.Status.done
  }

  /// - Returns: The job's number.
  private static func sbatch(_ words: [String]) throws(InputError) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sbatch", "--parsable"] + words
    let output = Pipe()
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      throw InputError("sbatch: cannot be started (\(error.localizedDescription))")
    }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first ?? ""
    // On a federation the cluster's name follows the number.
    let id = String(text.prefix { $0 != ";" })
    guard process.terminationStatus == 0, !id.isEmpty else {
      throw InputError("sbatch: refused the job (status \(process.terminationStatus))")
    }
    return id
  }
}

/// A path from the root, so that it means the same on another node.
private func absolute(_ path: String) -> String {
  URL(fileURLWithPath: path).standardizedFileURL.path
}
