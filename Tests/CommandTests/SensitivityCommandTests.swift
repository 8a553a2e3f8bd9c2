import Basics
import Foundation
import Models
import TestSupport
import Testing

/// `metrics`, `attribute`, `compare` and `recommend` on finished runs of the built-in model.
@Suite(.serialized) struct SensitivityCommandTests {
  /// Runs once, for all tests of the suite.
  private static func run(_ options: [String]) throws -> String {
    let folder = try TemporaryFolder.make().path
    let found = try Invocation(["run"] + options + ["--quiet", "--out", folder])
    try #require(found.status == 0, "\(found.errors)")
    return folder
  }

  private func document(_ arguments: [String]) throws -> JSONReader {
    // A recommendation has no bootstrap.
    let few = arguments[0] == "recommend" ? [] : ["--resamples", "50"]
    let found = try Invocation(arguments + ["--json"] + few)
    try #require(found.status == 0, "\(found.errors)")
    return JSONReader(try JSON.parse(found.output), file: arguments.joined(separator: " "))
  }

  private func member(_ reader: JSONReader, _ path: String...) throws -> JSONReader {
    var reader = reader
    for key in path {
      if let index = Int(key) {
        reader = try #require(try reader.items().dropFirst(index).first)
      } else {
        reader = try #require(
          try reader.members().first { $0.key == key }?.reader, "\(key) is missing")
      }
    }
    return reader
  }

  @Test func `metrics of a run name each figure, its meaning and its condition`() throws {
    let run = try Self.run(["sentiment", "--formats", "6", "--examples", "40"])
    let task = try member(document(["metrics", run]), "tasks", "0")
    let groups = try member(task, "groups").members()
    #expect(
      groups.map(\.key) == [
        "formatspread", "prosa", "errica", "agreement", "posix", "calibration", "bias",
      ])
    for (_, group) in groups {
      #expect(!(try member(group, "source").string().isEmpty))
      for (_, figure) in try member(group, "figures").members() {
        #expect(try member(figure, "explanation").string().hasSuffix("."))
        #expect(!(try member(figure, "condition").string().isEmpty))
      }
    }
    // The spread of the report, found another way.
    let report = try TextFile.json(run + "/report.json")
    let spread = try member(report, "tasks", "0", "spread").double()
    let found = try member(groups[0].reader, "figures", "spread", "value").double()
    #expect(abs(found - spread) < 1e-6)
    let text = try Invocation(["metrics", run, "--explain", "--resamples", "50"])
    #expect(text.output.contains("The share of pairs of formats of which one is right"))
  }

  @Test func `the article explains every figure by its key`() throws {
    let article = try String(
      contentsOf: Invocation.package.appendingPathComponent(
        "Sources/Sensitivity/Sensitivity.docc/Metrics.md"), encoding: .utf8)
    let run = try Self.run([
      "general-knowledge", "--formats", "6", "--examples", "30", "--embed", "10",
    ])
    let other = try Self.run([
      "general-knowledge", "--formats", "6", "--examples", "30", "--shots", "0",
    ])
    var keys: [String] = []
    for (_, group) in try member(document(["metrics", run]), "tasks", "0", "groups").members() {
      keys += try member(group, "figures").members().map(\.key)
    }
    #expect(keys.count > 30)
    let pair = try member(document(["compare", run, other]), "tasks", "0", "pairs", "0")
    let apart = ["runs", "verdict", "settled", "first_leads", "second_leads"]
    keys += try pair.members().map(\.key).filter { !apart.contains($0) }
    let attributed = try member(document(["attribute", run]), "tasks", "0")
    for part in ["attributes", "interactions"] {
      keys += try member(attributed, part).items().first?.members().map(\.key) ?? []
    }
    for key in Set(keys).subtracting(["attribute", "attributes", "values"]).sorted() {
      #expect(article.contains("`\(key)`"), "\(key)")
    }
  }

  @Test func `a slice has the figures of its examples alone`() throws {
    let run = try Self.run(["sentiment", "--formats", "6", "--examples", "40"])
    let task = try member(document(["metrics", run, "--slice", "answer"]), "tasks", "0")
    let slices = try member(task, "slices").items()
    #expect(Set(try slices.map { try member($0, "value").string() }) == ["positive", "negative"])
    #expect(try slices.map { try member($0, "examples").int(in: 0...40) }.reduce(0, +) == 40)
    // The mean accuracy over slices, weighted by their examples, is that of the whole.
    var sum = 0.0
    for slice in slices {
      let mean = try member(
        slice, "metrics", "groups", "formatspread", "figures", "average_performance", "value"
      ).double()
      sum += mean * Double(try member(slice, "examples").int(in: 0...40))
      #expect(
        try member(slice, "metrics", "groups", "posix", "figures", "posix", "value").double() > 0)
    }
    let whole = try member(
      task, "groups", "formatspread", "figures", "average_performance", "value"
    ).double()
    #expect(abs(sum / 40 - whole) < 1e-6)
    let wrong = try Invocation(["metrics", run, "--slice", "reviews"])
    #expect(wrong.status == 2)
    #expect(
      wrong.errors == "formatspread: --slice 'reviews': the task 'sentiment' has no such field "
        + "(did you mean 'review'?); known: review, answer\n")
  }

  @Test func `a matrix has the plain keys at the top`() throws {
    let matrix = try TemporaryFolder.file("m.csv", "1,0,1,1\n0,0,1,1\n1,1,0,1\n")
    let factors = try TemporaryFolder.file("f.csv", "format,cue\n0,a\n1,a\n2,b\n")
    let found = try document(["metrics", "--matrix", matrix, "--factors", factors])
    let keys = try found.members().map(\.key)
    for key in [
      "K", "N", "mean", "min", "max", "spread", "p05", "p95", "PSS", "cochranQ", "cochran_df",
      "cochran_p", "sd_obs", "sd_noise_paired", "sd_noise_iid", "sd_true",
      "reliability_split_half", "one_way_eta2", "best", "worst", "mcnemar_b", "mcnemar_c",
      "examples_never_right", "examples_always_right",
    ] { #expect(keys.contains(key), "\(key) is missing") }
    // Pairs that differ: 2 of 3 for the first three examples, none for the last.
    #expect(abs(try member(found, "PSS").double() - 0.5) < 1e-9)
    let shares = try document(["attribute", "--matrix", matrix, "--factors", factors])
    let attribute = try member(shares, "tasks", "0", "attributes", "0")
    let eta = try member(attribute, "eta2", "value").double()
    // One-way by hand: accuracies .75, .5, .75; groups .625 and .75 around 2/3.
    let between = 2 * pow(0.625 - 2.0 / 3, 2) + pow(0.75 - 2.0 / 3, 2)
    let total = 2 * pow(0.75 - 2.0 / 3, 2) + pow(0.5 - 2.0 / 3, 2)
    #expect(abs(eta - between / total) < 1e-6)
    #expect(abs(try member(found, "one_way_eta2", "cue").double() - eta) < 1e-6)
    let alone = try Invocation(["attribute", "--matrix", matrix])
    #expect(alone.status == 2)
    #expect(alone.errors.contains("give --factors FILE"))
  }

  @Test func `a designed run over axes is attributed to atoms and axes`() throws {
    let options = [
      "general-knowledge", "--formats", "40", "--examples", "30", "--design", "sobol", "--axis",
      "option-scoring=symbol,cloze", "--axis", "instruction=top,none",
    ]
    let run = try Self.run(options)
    let task = try member(document(["attribute", run]), "tasks", "0")
    let names = try member(task, "attributes").items().map { try member($0, "attribute").string() }
    #expect(names.contains("option-scoring") && names.contains("instruction"))
    let totals = try member(task, "designed", "totals").items()
    #expect(
      try totals.contains { try member($0, "attribute").string() == "option-scoring" })
    // Where nothing can be shared out, the largest changes come first.
    let open = try totals.filter { try member($0, "total_share", "value").value == .null }
    let sizes = try open.map { try member($0, "change_size", "value").double() }
    #expect(sizes == sizes.sorted(by: >))
    #expect(try member(task, "single_changes", "count").int(in: 0...10_000) > 10)
    let text = try Invocation(["attribute", run, "--resamples", "50"]).output
    #expect(text.contains("Designed changes: "))
    #expect(text.contains("At least 5 points: "))
    // The study file brings axes and design back: nothing is asked again.
    let journal = try String(contentsOfFile: run + "/journal.jsonl", encoding: .utf8)
    let again = try Invocation(
      ["run", "--config", run + "/study.json", "--out", run, "--quiet"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try String(contentsOfFile: run + "/journal.jsonl", encoding: .utf8) == journal)
  }

  @Test func `runs are compared over shots, and both ways round alike`() throws {
    let common = ["topic", "--formats", "6", "--examples", "40", "--shots"]
    let (zero, two) = (try Self.run(common + ["0"]), try Self.run(common + ["2"]))
    let there = try member(document(["compare", zero, two]), "tasks", "0")
    let back = try member(document(["compare", two, zero]), "tasks", "0")
    #expect(try member(there, "formats").int(in: 0...6) == 6)
    #expect(try member(there, "examples").int(in: 0...40) == 40)
    let lead = try member(there, "pairs", "0", "lead", "value").double()
    let opposite = try member(back, "pairs", "0", "lead", "value").double()
    #expect(abs(lead + opposite) < 1e-9)
    for key in ["spearman", "kendall_tau_b", "rank_biased_overlap", "reversal"] {
      let one = try member(there, "pairs", "0", key, "value").value
      let other = try member(back, "pairs", "0", key, "value").value
      #expect(one == other, "\(key)")
    }
    #expect(!(try member(there, "verdict").string().isEmpty))
    let names = try member(there, "runs").items().map { try member($0, "name").string() }
    #expect(Set(names).count == 2)
    let text = try Invocation(["compare", zero, two, "--resamples", "50"]).output
    #expect(text.contains("Good for all"))
    #expect(text.contains("What to do: "))
    let alone = try Invocation(["compare", zero])
    #expect(alone.status == 2)
    let other = try Self.run(["plural", "--formats", "3", "--examples", "20"])
    #expect(try Invocation(["compare", zero, other]).errors.contains("share no task"))
  }

  @Test func `seeds of demonstrations are compared on the same formats and examples`() throws {
    let common = ["sentiment", "--formats", "6", "--examples", "30", "--shots", "2"]
    let own = try Self.run(common)
    let other = try Self.run(common + ["--demonstration-seed", "1"])
    let found = try document(["compare", own, other])
    let task = try member(found, "tasks", "0")
    #expect(try member(task, "formats").int(in: 0...6) == 6)
    #expect(try member(task, "examples").int(in: 0...30) == 30)
    #expect(try member(task, "remarks").items().isEmpty)
    #expect(
      try member(task, "runs").items().map { try member($0, "name").string() } == [
        "reference, demonstrations 0", "reference, demonstrations 1",
      ])
    // The same study in the axis's own words, so that its run is continued.
    let again = try Invocation(
      ["run"] + common + ["--axis", "demonstrations=1", "--quiet", "--out", other])
    #expect(again.status == 0, "\(again.errors)")
    let seed = try Self.run(common + ["--seed", "1"])
    let apart = try Invocation(["compare", own, seed])
    let said = (apart.status == 0 ? apart.output : apart.errors).replacing("\n", with: " ")
    #expect(said.contains("the runs share"))
    #expect(said.contains("--seed differs, which draws formats, examples and demonstrations; "))
    #expect(said.contains("--demonstration-seed 1"))
    let both = try Invocation(
      ["run"] + common + ["--demonstration-seed", "1", "--axis", "demonstrations=0,1"])
    #expect(both.status == 2 && both.errors.contains("give one of the two"))
    let many = try Invocation(["run", "sentiment", "--demonstration-seed", "10"])
    #expect(many.errors.contains("a pool of 10 has 10 choices of 1 demonstration, numbered from 0"))
  }

  @Test func `formats lists and shows what a run with axes asks`() throws {
    let axes = ["--axis", "instruction=top,query,none", "--axis", "separator=\\n\\n,\\n--\\n"]
    let run = try Self.run(["sentiment", "--formats", "9", "--examples", "5"] + axes)
    let stored = try String(contentsOfFile: run + "/formats.jsonl", encoding: .utf8)
      .split(separator: "\n").map { JSONReader(try JSON.parse(String($0)), file: "formats") }
    let listed = try Invocation(
      ["formats", "sentiment", "--formats", "9", "--count", "9", "--json"] + axes)
    let formats = try member(
      JSONReader(try JSON.parse(listed.output), file: "list"), "formats"
    ).items()
    #expect(formats.count == 9)
    for (line, shown) in zip(stored, formats) {
      #expect(try member(line, "atoms").value == member(shown, "atoms").value)
      #expect(try member(line, "template").value == member(shown, "template").value)
    }
    let instruction = "Read the review and decide whether its writer is satisfied."
    for (number, line) in stored.enumerated() {
      let place = try member(line, "atoms", "instruction").string()
      let prompt = try Invocation(["formats", "sentiment", "--show", "\(number)"] + axes).output
      #expect(prompt.hasPrefix(instruction) == (place == "top"))
      #expect(prompt.contains(instruction) == (place != "none"))
      #expect(
        try prompt.contains("\n--\n") == (member(line, "atoms", "separator").string() != "\\n\\n"))
    }
    let text = try Invocation(["formats", "sentiment", "--design", "sobol", "--count", "3"]).output
    #expect(text.contains("(format 0 with another fields."))
  }

  @Test func `another server gives the representations`() async throws {
    let script: ScriptedServer.Script = { request in
      switch request.target {
      case "/v1/models": [.json(#"{"data":[{"id":"vectors","owned_by":"vllm"}]}"#)]
      case "/v1/embeddings":
        // As far as this tells formats apart: their colons and their capitals.
        [
          .json(
            #"{"data":[{"embedding":[\#(request.text.count { $0 == ":" }),"#
              + #"\#(request.text.count(where: \.isUppercase)),\#(request.text.count)]}]}"#)
        ]
      default: [.json(#"{"detail":"Not Found"}"#, status: 404)]
      }
    }
    try await ScriptedServer.run(script: script) { server in
      let folder = try TemporaryFolder.make().path
      let command = [
        "run", "sentiment", "--formats", "5", "--examples", "30", "--embed", "10", "--quiet",
        "--out", folder, "--embed-backend", "\(try server.address)",
      ]
      let run = try Invocation(command)
      try #require(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("50 prompts are asked for, and 'vectors' represents them"))
      let report = try String(contentsOfFile: folder + "/report.md", encoding: .utf8)
      #expect(report.contains("Formats in the model's representation"))
      // The run's own model is another one: what it would say does not fit what is there.
      let mixed = try Invocation(Array(command.dropLast(2)))
      #expect(mixed.status == 2)
      #expect(
        mixed.errors.contains("has the representations of 'vectors', and 'reference' is asked now"))
    }
    let alone = try Invocation(["run", "sentiment", "--embed-backend", "http://localhost:1/v1"])
    #expect(alone.status == 2 && alone.errors.contains("--embed-backend: needs --embed"))
  }

  @Test func `a recommended format can be pasted and costs what it says`() throws {
    let run = try Self.run(["sentiment", "--formats", "8", "--examples", "60"])
    let task = try member(document(["recommend", run]), "tasks", "0", "recommendation")
    let best = try member(task, "best", "accuracy", "value").double()
    for key in ["best_lower_bound", "most_stable"] {
      let accuracy = try member(task, key, "accuracy", "value").double()
      #expect(abs(try member(task, key, "cost").double() - (best - accuracy)) < 1e-6)
      #expect(try member(task, key, "template").string().contains("{}"))
    }
    #expect(try member(task, "cross_fit", "value").double() <= best + 1e-9)
    let text = try Invocation(["recommend", run]).output
    #expect(text.contains("{review}") && text.contains("{answer}"))
    // A format that is chosen twice is printed once.
    let formats = try ["best_lower_bound", "most_stable", "best"].map {
      try member(task, $0, "format").int(in: 0...7)
    }
    #expect(text.components(separatedBy: " again, as for '").count - 1 == 3 - Set(formats).count)
    #expect(text.contains("These formats were chosen on these examples"))
  }

  @Test func `POSIX is measured at the end, once, and figures are those of its file`() throws {
    let options = [
      "plural", "--scoring", "generate", "--formats", "4", "--examples", "12", "--posix", "5x3",
    ]
    let folder = try TemporaryFolder.make().path
    let first = try Invocation(["run"] + options + ["--out", folder])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("POSIX of plural: 5 examples, 15 prompts; "))
    let file = try String(contentsOfFile: folder + "/posix.jsonl", encoding: .utf8)
    let lines = file.split(separator: "\n")
    #expect(lines.count == 16)
    let second = try Invocation(["run"] + options + ["--out", folder])
    #expect(second.errors.contains("nothing is asked"))
    #expect(try String(contentsOfFile: folder + "/posix.jsonl", encoding: .utf8) == file)
    // The definition, on the file and the journal read here.
    var responses: [String: String] = [:]
    for line in try String(contentsOfFile: folder + "/journal.jsonl", encoding: .utf8)
      .split(separator: "\n").dropFirst()
    {
      let record = JSONReader(try JSON.parse(String(line)), file: "journal")
      let key =
        try "\(member(record, "example").value.compact)/\(member(record, "format").value.compact)"
      responses[key] = try member(record, "prediction").string()
    }
    var scores: [String: [String: [String: (Double, Double)]]] = [:]
    for line in lines.dropFirst() {
      let reader = JSONReader(try JSON.parse(String(line)), file: "posix")
      let example = try member(reader, "example").value.compact
      let format = try member(reader, "format").value.compact
      var row: [String: (Double, Double)] = [:]
      for response in try member(reader, "responses").items() {
        let text = try member(response, "text").string()
        let logprob = try member(response, "logprob").double()
        row[text] = (logprob, try member(response, "tokens").double())
      }
      scores[example, default: [:]][format] = row
    }
    var mean = 0.0
    for (example, formats) in scores {
      var sum = 0.0
      for (own, row) in formats {
        let text = try #require(responses["\(example)/\(own)"])
        let known = try #require(row[text])
        for (place, there) in formats where place != own {
          let other = try #require(there[text]).0
          sum += abs(other - known.0) / known.1
        }
      }
      mean += sum / Double(formats.count * (formats.count - 1)) / Double(scores.count)
    }
    let task = try member(document(["metrics", folder]), "tasks", "0")
    let found = try member(task, "groups", "posix", "figures", "posix", "value").double()
    #expect(abs(found - mean) < 1e-6)
    let wrong = try Invocation(["run", "plural", "--posix", "5x1"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("--posix '5x1': expected a number of examples such as 20"))
  }

  @Test func `representations of the built-in model tell formats apart`() throws {
    let run = try Self.run([
      "sentiment", "--formats", "5", "--examples", "30", "--embed", "20",
    ])
    let task = try member(document(["metrics", run]), "tasks", "0")
    let figures = try member(task, "groups", "separability", "figures")
    let told = try member(figures, "separability_10", "value").double()
    #expect(told > 0.4 && told <= 1, "five formats: guessing gives 0.2, found \(told)")
    let whole = try String(contentsOfFile: run + "/embeddings.jsonl", encoding: .utf8)
    #expect(whole.split(separator: "\n").count == 101)
  }

  @Test func `a task without answers has sensitivity and no accuracy`() throws {
    let examples = (0..<12).map { #"{"text":"item \#($0) is \#($0 % 2 == 0 ? "good" : "bad")"}"# }
    let task = try TemporaryFolder.file(
      "opinions.json",
      #"""
      {"schema":"formatspread.task/1","name":"opinions","instruction":"Say good or bad.",
       "structure":{"template":"Text: {text}\nOpinion: {answer}"},"options":["good","bad"],
       "examples":[\#(examples.joined(separator: ","))]}
      """#)
    let folder = try TemporaryFolder.make().path
    let refused = try Invocation(["run", task, "--out", folder, "--pool", "2"])
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains(
        "--shots 1: the task 'opinions' has no right answers (no example has the key 'answer') to "
          + "be shown; use --shots 0"))
    let command = [
      "run", task, "--shots", "0", "--pool", "2", "--formats", "6", "--quiet", "--out", folder,
    ]
    let first = try Invocation(command)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("has no right answers"))
    #expect(first.output.contains("Self-consistency"))
    for word in ["Wilson", "Accuracy", "Cochran", "highest"] {
      #expect(!first.output.contains(word), "\(word)")
    }
    let report = try member(TextFile.json(folder + "/report.json"), "tasks", "0")
    #expect(try member(report, "unlabelled").int(in: 0...100) == 60)
    #expect(try member(report, "failed").int(in: 0...100) == 0)
    #expect(try member(report, "spread").value == .null)
    let task0 = try member(document(["metrics", folder]), "tasks", "0")
    #expect(
      try member(task0, "groups").members().map(\.key) == ["errica", "agreement", "posix"])
    let journal = try String(contentsOfFile: folder + "/journal.jsonl", encoding: .utf8)
    #expect(try Invocation(command).output == first.output)
    #expect(try String(contentsOfFile: folder + "/journal.jsonl", encoding: .utf8) == journal)
    let compared = try Invocation(["compare", folder, folder])
    #expect(compared.status == 2)
    #expect(compared.errors.contains("the task 'opinions' has no right answers to compare by"))
    let attribute = try Invocation(["attribute", folder])
    #expect(attribute.status == 2)
    #expect(attribute.errors.contains("has no right answers"))
  }
}
