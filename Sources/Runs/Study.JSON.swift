package import Basics
import Estimation

extension Study {
  package static let schema = "formatspread.study/1"

  /// The study as the file `study.json` of a run directory.
  package var json: JSON {
    .members([
      "schema": .string(Self.schema),
      "tasks": .array(
        tasks.map {
          .members([
            "name": .string($0.name), "path": .string($0.path), "sha256": .string($0.digest),
            "examples": .integer($0.count), "data": $0.data,
          ])
        }),
      "grammar": .members([
        "name": .string(grammar.name), "path": grammar.path.map { .string($0) },
        "sha256": .string(grammar.digest),
      ]),
      "backend": .string(backend), "server": server.json, "formats": .integer(formats),
      "shots": .integer(shots),
      "pool": .integer(pool), "examples": .integer(examples),
      "paper_zero_shot": .bool(paperZeroShot), "scoring": scoring.json,
      "search": .string(search.rawValue), "budget": budget.map { .integer($0) },
      "batch": .integer(batch), "accounting": .string(accounting.rawValue),
      "seed": .whole(UInt128(seed)), "inference": inference.json,
      "design": design == .random ? nil : .string(design.rawValue),
      "axis": axes.choices.isEmpty ? nil : .strings(axes.texts),
    ])
  }

  /// - Throws: `InputError` with the JSON path; a schema of another version is refused by name.
  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: [
      "schema", "tasks", "grammar", "backend", "server", "formats", "shots", "pool", "examples",
      "paper_zero_shot", "scoring", "search", "budget", "batch", "accounting", "seed", "inference",
      "design", "axis",
    ])
    let schema = try members.required("schema", in: reader)
    guard try schema.string() == Self.schema else {
      throw schema.failure(
        "unknown schema \(quoted(try schema.string())); this version reads '\(Self.schema)'")
    }
    func number(_ key: String, from least: Int) throws(InputError) -> Int {
      try members.required(key, in: reader).int(in: least...Int.max)
    }
    var tasks: [TaskReference] = []
    for item in try members.required("tasks", in: reader).items() {
      let task = try item.members(known: ["name", "path", "sha256", "examples", "data"])
      var reference = TaskReference(
        name: try task.required("name", in: item).nonEmptyString(),
        path: try task.required("path", in: item).string(),
        digest: try task.required("sha256", in: item).string(),
        count: try task.required("examples", in: item).int(in: 1...Int.max))
      if let data = task["data"] {
        guard case .object = data.value else { throw data.failure("expected an object") }
        reference.data = data.value
      }
      tasks.append(reference)
    }
    let grammar = try members.required("grammar", in: reader)
    let about = try grammar.members(known: ["name", "path", "sha256"])
    let seed = try members.required("seed", in: reader)
    guard let value = UInt64(seed.value.compact) else {
      throw seed.failure("expected a whole number from 0 to \(UInt64.max)")
    }
    self.init(
      tasks: tasks,
      grammar: GrammarReference(
        name: try about.required("name", in: grammar).string(), path: try about["path"]?.string(),
        digest: try about.required("sha256", in: grammar).string()),
      backend: try members.required("backend", in: reader).nonEmptyString(),
      formats: try number("formats", from: 1), shots: try number("shots", from: 0),
      pool: try number("pool", from: 0), examples: try number("examples", from: 1),
      paperZeroShot: try members["paper_zero_shot"]?.bool() ?? false,
      scoring: try Scoring(try members.required("scoring", in: reader)),
      search: try members.required("search", in: reader).choice(of: SearchKind.self),
      budget: try members["budget"]?.int(in: 1...Int.max), batch: try number("batch", from: 1),
      accounting: try members.required("accounting", in: reader).choice(of: Accounting.self),
      seed: value)
    if let server = members["server"] { self.server = try ServerChoice(server) }
    design = try members["design"]?.choice(of: StudyDesign.self) ?? .random
    if let axis = members["axis"] {
      do throws(InputError) { axes = try StudyAxes(try axis.strings()) } catch {
        throw axis.failure(error.message)
      }
    }
    if let wanted = members["inference"] { inference = try Inference(wanted) }
  }
}

extension Study.ServerChoice {
  /// Nil when nothing was said.
  var json: JSON? {
    guard self != Self() else { return nil }
    return .members([
      "model": model.map { .string($0) }, "kind": kind.map { .string($0) },
      "method": method.map { .string($0) }, "chat": chat.map { .string($0.rawValue) },
    ])
  }

  init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: ["model", "kind", "method", "chat"])
    model = try members["model"]?.nonEmptyString()
    kind = try members["kind"]?.nonEmptyString()
    method = try members["method"]?.nonEmptyString()
    chat = try members["chat"]?.choice(of: Chat.self)
  }
}
