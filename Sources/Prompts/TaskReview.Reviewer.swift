import Basics
import Formats
import Tasks

/// Collects the findings of one review.
struct TaskReviewer {
  let document: JSONReader
  let grammar: Grammar
  /// Tokens that a prompt may have.
  let context: Int
  /// By which a prompt's tokens are guessed.
  let bytesPerToken: Double
  var sheet: TaskSheet?
  private var name: String?
  private var examples = 0
  private var plausibleFormats: UInt128?
  private var findings: [TaskReview.Finding] = []

  init(document: JSONReader, grammar: Grammar, context: Int, bytesPerToken: Double) {
    self.document = document
    self.grammar = grammar
    self.context = context
    self.bytesPerToken = bytesPerToken
  }

  var review: TaskReview {
    TaskReview(
      file: document.file, name: name, examples: examples, plausibleFormats: plausibleFormats,
      findings: TaskReview.Severity.allCases.flatMap { severity in
        findings.filter { $0.severity == severity }
      }, sheet: sheet)
  }

  mutating func add(_ severity: TaskReview.Severity, _ path: String, _ text: String) {
    findings.append(TaskReview.Finding(severity: severity, path: path, text: text))
  }

  /// Adds an error whose message begins with the file and the path, taken apart.
  private mutating func add(_ error: InputError) {
    let start = document.file + ": "
    guard error.message.hasPrefix(start) else { return add(.error, "$", error.message) }
    let (path, text) = Self.split(error.message.dropFirst(start.count))
    add(.error, path, text)
  }

  /// Divides `$.a[0]["b: c"]: text` behind its path; a message without a path is about the whole file.
  private static func split(_ message: Substring) -> (path: String, text: String) {
    guard message.first == "$" else { return ("$", String(message)) }
    var isQuoted = false
    var isEscaped = false
    for index in message.indices {
      switch message[index] {
      case "\\" where isQuoted && !isEscaped:
        isEscaped = true
        continue
      case "\"" where !isEscaped: isQuoted.toggle()
      case ":" where !isQuoted:
        let text = message[message.index(after: index)...].drop { $0 == " " }
        return (String(message[..<index]), String(text))
      default: break
      }
      isEscaped = false
    }
    return ("$", String(message))
  }

  mutating func run(structureFile: (String) throws(InputError) -> JSONReader) {
    do throws(InputError) {
      let draft = try TaskDraft(document)
      name = draft.task.name
      for problem in draft.problems { add(problem.error) }
      let structure = try PreparedTask.structure(
        of: draft.task, grammar: grammar, structureFile: structureFile)
      let fitting = fittingExamples(draft, structure)
      examples = fitting.count
      let prepared = try PreparedTask(
        draft.task.keeping(fitting), grammar: grammar, structureFile: structureFile)
      plausibleFormats = prepared.space.count
      let inspection = TaskInspection(prepared, positions: fitting.map { draft.positions[$0] })
      inspection.report(into: &self)
    } catch {
      add(error)
    }
  }

  /// The examples that have all that the structure shows, as positions among the readable ones.
  private mutating func fittingExamples(_ draft: TaskDraft, _ structure: Structure) -> [Int] {
    var fitting: [Int] = []
    for (index, example) in draft.task.examples.enumerated() {
      do throws(InputError) {
        try PreparedTask.check(
          example, at: "\(draft.task.file): $.examples[\(draft.positions[index])]", structure,
          options: draft.task.options)
        fitting.append(index)
      } catch {
        add(error)
      }
    }
    return fitting
  }
}
