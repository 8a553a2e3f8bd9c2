import Basics
import Formats
import Foundation
import Prompts
import Tasks

extension Subcommand {
  static let formats = Subcommand(
    name: "formats",
    summary: "List, count and preview a task's plausible formats, or check structures",
    arguments: "TASK | check --structures FILE | count --structures FILE",
    discussion: """
      Lists the formats that a run of TASK would use, the task's own first, and says how many distinct \
      plausible ones exist. With --show, prints one whole prompt exactly as the model will see it, and \
      names a space at its end, which a server that generates is left to write itself.

      'formats check' reads rows {"structure": NAME, "values": {ATTRIBUTE: VALUE}} on standard input and \
      prints one JSON line each: plausible, reason, template. 'formats count' prints the number of \
      distinct plausible templates of each structure in the file.
      """,
    options: [
      .init(name: "--count", value: "N", help: "How many formats to list (default 10)."),
      .init(name: "--seed", value: "S", help: "Fixes which formats are drawn (default 0)."),
      .init(
        name: "--show", value: "FORMAT",
        help: "Print a whole prompt in the format of this number in the list."),
      .init(
        name: "--example", value: "K", help: "Which evaluated example --show uses (default 0)."),
      .init(name: "--shots", value: "K", help: "Demonstrations in the prompt (default 1)."),
      .init(
        name: "--pool", value: "P",
        help: "Examples set aside as demonstrations, as in the run (default \(RunDefaults.pool))."),
      .init(
        name: "--grammar", value: "FILE", help: "The grammar of atoms (default: the paper's)."),
      .init(name: "--structures", value: "FILE", help: "Structures for check and count."),
      .init(name: "--json", value: nil, help: "Print JSON."),
    ] + VariedFormats.options,
    examples: [
      ("formatspread formats sentiment", "ten formats of a bundled task"),
      ("formatspread formats general-knowledge --show 3", "a prompt as the model will see it"),
      (
        "formatspread formats sentiment --axis instruction=top,query --show 2",
        "one of a run that varies more than the format"
      ),
    ]
  ) { arguments in
    let words = try arguments.requirePositionals("a task, 'check' or 'count'")
    switch words[0] {
    case "check": return try FormatsCommand.check(arguments)
    case "count": return try FormatsCommand.count(arguments)
    default: return try FormatsCommand.list(arguments)
    }
  }
}

private enum FormatsCommand {
  static func list(_ arguments: Arguments) throws(InputError) -> Int32 {
    let given = try arguments.requirePositionals("a task", limit: 1)[0]
    let (grammar, grammarReference) = try Loading.grammar(arguments.text("--grammar"))
    let (prepared, reference) = try Loading.task(given, grammar: grammar)
    let seed = try arguments.seed("--seed") ?? 0
    let shown = try arguments.number("--show")
    let wanted = max(try arguments.number("--count", from: 1) ?? 10, (shown ?? 0) + 1)
    if VariedFormats.areAsked(arguments) {
      let varied = try VariedFormats(
        prepared, reference, grammarReference, arguments, atLeast: wanted)
      if let shown {
        let example = try arguments.number("--example") ?? 0
        show(try varied.prompt(shown, example: example), arguments)
      } else {
        Output.data(arguments.has("--json") ? varied.json(wanted) : varied.text(wanted))
      }
      return Tool.Status.done
    }
    let formats = prepared.space.sample(wanted, seed: seed)
    if let shown {
      guard shown < formats.count else {
        throw InputError(
          "--show \(shown): there are only \(formats.count) formats; give a number below that")
      }
      return try preview(prepared, formats[shown], arguments, seed: seed)
    }
    let templates = formats.map { prepared.space.template($0)?.text ?? "" }
    if arguments.has("--json") {
      let document = JSON.members([
        "task": .string(prepared.task.name), "grammar": .string(prepared.grammar.name),
        "plausible_distinct": .whole(prepared.space.count),
        "entangled": prepared.space.entangled.isEmpty
          ? nil : .array(prepared.space.entangled.map { .strings($0) }),
        "formats": .array(
          zip(formats, templates).enumerated().map { index, pair in
            var atoms = JSONObject()
            for attribute in prepared.structure.free {
              atoms[prepared.structure.attributes[attribute].id] = pair.0.atoms[attribute].json
            }
            return .members([
              "format": .integer(index), "template": .string(pair.1), "atoms": .object(atoms),
              "reason": prepared.structure.refusal(pair.0).map { .string($0.description) },
            ])
          }),
      ])
      Output.data(document.pretty())
      return Tool.Status.done
    }
    var text =
      "\(prepared.task.name): \(prepared.space.count) distinct plausible formats "
      + "under the grammar '\(prepared.grammar.name)'\n"
    for group in prepared.space.entangled {
      text += "  counted as templates: \(group.joined(separator: ", ")) can render alike\n"
    }
    if formats.count < wanted {
      text += "  only \(formats.count) exist, all are listed\n"
    }
    for (index, template) in templates.enumerated() {
      text += "\(String(repeating: " ", count: max(0, 4 - "\(index)".count)))\(index)  "
      text += visible(template) + (index == 0 ? "   (the task's own)" : "") + "\n"
    }
    Output.data(text)
    return Tool.Status.done
  }

  private static func preview(
    _ prepared: PreparedTask, _ format: Format, _ arguments: Arguments, seed: UInt64
  ) throws(InputError) -> Int32 {
    let split = try Split(
      count: prepared.task.examples.count,
      pool: try arguments.number("--pool") ?? RunDefaults.pool,
      shots: try arguments.number("--shots") ?? RunDefaults.shots, limit: nil, seed: seed)
    let number = try arguments.number("--example") ?? 0
    guard number < split.evaluated.count else {
      throw InputError(
        "--example \(number): \(split.evaluated.count) examples are evaluated; give a number below that"
      )
    }
    guard
      let writer = PromptWriter(
        prepared, format: format, demonstrations: split.demonstrations)
    else { throw InputError("this format's numbering has too few labels") }
    show(writer.prompt(split.evaluated[number]), arguments)
    return Tool.Status.done
  }

  private static func show(_ prompt: Prompt, _ arguments: Arguments) {
    if arguments.has("--json") {
      Output.data(
        JSON.members([
          "prompt": .string(prompt.text), "options": .strings(prompt.options),
          "answer": .string(prompt.answerText),
        ]).compact + "\n")
    } else {
      // Not a byte more than the model sees; what is not part of the prompt goes to standard error.
      Output.data(prompt.text)
      Output.line("")
      if !prompt.options.isEmpty {
        Output.line("(options: " + prompt.options.map { quoted($0) }.joined(separator: ", ") + ")")
      }
      Output.line("(answer: \(quoted(prompt.answerText)))")
      if prompt.text.utf8.last == 0x20 {
        // Tokenisers join a space with the word after it, so servers are sent the one without the other.
        Output.line(
          "(the prompt ends in a space: a server that generates is asked without it and writes it "
            + "itself)")
      }
    }
  }

  private static func visible(_ template: String) -> String {
    template.replacing("\n", with: "⏎").replacing("\t", with: "⇥")
  }

  // MARK: Structures

  private static func structures(_ arguments: Arguments) throws(InputError) -> StructureFile {
    guard let path = arguments.text("--structures") else {
      throw InputError("formats \(arguments.positionals[0]): --structures FILE is missing")
    }
    return try StructureFile(try TextFile.json(path))
  }

  static func check(_ arguments: Arguments) throws(InputError) -> Int32 {
    let file = try structures(arguments)
    var layouts: [String: (Structure, Layout)] = [:]
    for structure in file.structures { layouts[structure.name] = (structure, Layout(structure)) }
    let input = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
    var output = ""
    for (number, line) in input.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated() where !line.isEmpty
    {
      let place = "standard input:\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line), file: place), file: place)
      let row = try reader.anyMembers()
      let name = try row.required("structure", in: reader)
      guard let (structure, layout) = layouts[try name.string()] else {
        _ = try file.structure(try name.string(), for: name)
        continue
      }
      let format = try structure.format(
        try row.required("values", in: reader), grammar: file.grammar)
      let refusal = structure.refusal(format)
      output +=
        JSON.members([
          "plausible": .bool(refusal == nil),
          "reason": refusal.map { .string($0.description) } ?? .null,
          "template": layout.template(format).map { .string($0.text) } ?? .null,
        ]).compact + "\n"
    }
    Output.data(output)
    return Tool.Status.done
  }

  static func count(_ arguments: Arguments) throws(InputError) -> Int32 {
    let file = try structures(arguments)
    var output = ""
    for structure in file.structures {
      let space = try FormatSpace(structure, grammar: file.grammar)
      output +=
        JSON.members([
          "structure": .string(structure.name), "plausible_distinct": .whole(space.count),
          "entangled": space.entangled.isEmpty
            ? nil : .array(space.entangled.map { .strings($0) }),
        ]).compact + "\n"
    }
    Output.data(output)
    return Tool.Status.done
  }
}
