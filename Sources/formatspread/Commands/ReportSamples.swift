import Basics
import Prompts
import Reports
import Runs
import Tasks

/// The prompts of a finished run, written again from its task files where these are unchanged.
struct StoredPrompts {
  private let tasks: [String: PlannedTask]
  private var writers: [String: [Int: PromptWriter]] = [:]

  /// The prompts of a plan at hand.
  init(_ plan: Plan) {
    tasks = Dictionary(plan.tasks.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Reads the task files that a study names; `missing` is told why prompts cannot be shown.
  init(_ study: Study, missing: (String) -> Void) {
    var tasks: [String: PlannedTask] = [:]
    do throws(InputError) {
      let (grammar, reference) = try Loading.grammar(study.grammar.path)
      guard reference.digest == study.grammar.digest else {
        throw InputError("the grammar '\(study.grammar.name)' has changed since the run")
      }
      var prepared: [PreparedTask] = []
      for stored in study.tasks {
        let (task, reference) = try DataOptions.task(stored, grammar: grammar)
        guard reference.digest == stored.digest else {
          throw InputError("\(stored.path): has changed since the run")
        }
        prepared.append(task)
      }
      for task in try Plan(study, prepared: prepared).tasks { tasks[task.name] = task }
    } catch {
      missing("\(error.message); samples come without prompts")
    }
    self.tasks = tasks
  }

  mutating func text(_ task: String, _ format: Int, _ example: Int) -> SampleText? {
    guard let planned = tasks[task], planned.formats.indices.contains(format) else { return nil }
    if writers[task]?[format] == nil {
      // One format's prompts follow each other; the writers of others only take room.
      writers = [task: [format: planned.writer(format)].compactMapValues(\.self)]
    }
    guard let prompt = writers[task]?[format]?.prompt(example) else { return nil }
    let answer: Int? = if case .option(let index) = prompt.answer { index } else { nil }
    return SampleText(
      prompt: prompt.text, options: prompt.options, answer: answer, target: prompt.answerText,
      document: document(planned.prepared.task.examples[example]))
  }

  private func document(_ example: Example) -> JSON {
    var object = JSONObject()
    for field in example.fields {
      object[field.name] =
        switch field.value {
        case .text(let text): .string(text)
        case .list(let items): .strings(items)
        }
    }
    return .object(object)
  }
}
