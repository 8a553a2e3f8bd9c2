package import Basics
import Prompts
import Runs

/// What a run directory does not store of a cell and the task's file tells.
package struct SampleText: Sendable, Hashable {
  /// The whole prompt as the model saw it.
  package let prompt: String
  /// What may follow it; empty for free text.
  package let options: [String]
  /// The position of the right option.
  package let answer: Int?
  /// The right answer's text.
  package let target: String
  /// The example's fields.
  package let document: JSON

  package init(
    prompt: String, options: [String], answer: Int?, target: String, document: JSON
  ) {
    self.prompt = prompt
    self.options = options
    self.answer = answer
    self.target = target
    self.document = document
  }
}

extension RunDossier {
  /// The answers as samples in the manner of lm-evaluation-harness (`samples_*.jsonl` of version 0.4),
  /// one JSON line each, for viewers of such files.
  ///
  /// `doc_id` is the example's position in the task's file; `task`, `format` and `template` are added.
  /// Without the task's file prompts and targets are missing: `arguments` is then empty, and `target`
  /// null unless the answer was right.
  ///
  /// - Parameters:
  ///   - format: Only this format's; nil for all.
  ///   - text: What the task's file tells of a cell, if it is at hand.
  ///   - write: Takes pieces of about 64 kB, each a whole number of lines.
  package func samples(
    format: Int? = nil,
    text: (_ task: String, _ format: Int, _ example: Int) -> SampleText?,
    write: (String) -> Void
  ) {
    var templates: [String: [String]] = [:]
    for task in report.tasks { templates[task.name] = task.formats.map(\.format.template) }
    var output: [UInt8] = []
    for record in records {
      guard let isCorrect = record.isCorrect, format == nil || format == record.format else {
        continue
      }
      let known = text(record.task, record.format, record.example)
      Self.sample(
        record, isCorrect: isCorrect, template: templates[record.task]?[record.format] ?? "", known
      ).write(to: &output)
      output.append(0x0A)
      if output.count > 1 << 16 {
        write(String(decoding: output, as: UTF8.self))
        output.removeAll(keepingCapacity: true)
      }
    }
    write(String(decoding: output, as: UTF8.self))
  }

  private static func sample(
    _ record: EvaluationRecord, isCorrect: Bool, template: String, _ text: SampleText?
  ) -> JSON {
    let target: JSON =
      if let text {
        text.answer.map { .string(String($0)) } ?? .string(text.target)
      } else if isCorrect {
        .string(record.choice.map { String($0) } ?? record.prediction ?? "")
      } else { .null }
    let (answers, filtered) = answers(record)
    return .members([
      "doc_id": .integer(record.example), "doc": text?.document ?? .members([:]),
      "target": target, "arguments": arguments(record, text), "resps": answers,
      "filtered_resps": filtered, "filter": .string("none"), "metrics": .strings(["acc"]),
      "doc_hash": .string(SHA256.hex((text?.document ?? .null).compact)),
      "prompt_hash": .string(SHA256.hex(text?.prompt ?? "")),
      "target_hash": .string(SHA256.hex(target.compact)),
      "acc": .number(isCorrect ? 1 : 0), "task": .string(record.task),
      "format": .integer(record.format), "template": .string(template),
      "prediction": record.prediction.map { .string($0) } ?? .null,
    ])
  }

  /// Log-probabilities with whether each option was the model's first choice, or the text written.
  private static func answers(_ record: EvaluationRecord) -> (JSON, JSON) {
    guard !record.scores.isEmpty else {
      let text = JSON.string(record.prediction ?? "")
      return (.array([.array([text])]), .array([text]))
    }
    let pairs = record.scores.enumerated().map { index, score in
      JSON.array([
        .string(String(score.logProbability)), .string(index == record.choice ? "True" : "False"),
      ])
    }
    return (.array(pairs.map { .array([$0]) }), .array(pairs))
  }

  private static func arguments(_ record: EvaluationRecord, _ text: SampleText?) -> JSON {
    var arguments = JSONObject()
    guard let text else { return .object(arguments) }
    if record.scores.isEmpty {
      arguments["gen_args_0"] = .members([
        "arg_0": .string(text.prompt), "arg_1": .members(["until": .strings(["\n"])]),
      ])
    } else {
      for (index, option) in text.options.enumerated() {
        arguments["gen_args_\(index)"] = .members([
          "arg_0": .string(text.prompt), "arg_1": .string(option),
        ])
      }
    }
    return .object(arguments)
  }
}
