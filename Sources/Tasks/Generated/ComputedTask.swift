package import Basics

/// A bundled task whose examples are computed from word lists and numbers rather than written.
///
/// The same bytes come out on every machine. `training` examples have the shape of `examples` and
/// share no noun, verb or number with them, so that a model may learn from them.
package struct ComputedTask: Sendable, Hashable {
  /// The task's name and, with `.json`, its file's.
  package let name: String
  package let description: String
  package let instruction: String
  /// The original format, as in the native schema's `structure.template`.
  package let template: String
  /// A fixed list, or the name of the per-example list.
  package let options: JSON
  /// What is evaluated.
  package let examples: [JSON]
  /// What a model may learn from.
  package let training: [JSON]

  /// Every computed task in the order of their names.
  package static var all: [ComputedTask] {
    [.numberComparison(), .oddOneOut(), .pastTense(), .plural()]
  }

  /// The task in the native schema, `formatspread.task/1`.
  package var document: JSON {
    .members([
      "schema": .string("formatspread.task/1"),
      "name": .string(name),
      "description": .string(description),
      "source": .string("Computed by formatspread from word lists and seeded draws."),
      "license": .string("CC0-1.0"),
      "instruction": .string(instruction),
      "structure": .members(["template": .string(template)]),
      "options": options,
      "examples": .array(examples),
    ])
  }
}
