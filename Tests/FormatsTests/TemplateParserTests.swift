import Basics
import Testing

@testable import Formats

struct TemplateParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let template: String
    /// The free attributes with their original values, in order.
    let attributes: String
    let count: UInt128
    var testDescription: String { quoted(template, limit: 200) }

    init(_ template: String, _ attributes: String, _ count: UInt128) {
      self.template = template
      self.attributes = attributes
      self.count = count
    }
  }

  // The counts are those of FormatSpace, which has its own oracle; here they show that a template
  // leaves room: 480 is two or more words, 320 words of one letter (no title case), 160 no letters.
  static let cases = [
    Case(
      "Question: {question}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Q: {question}\nA: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 320),
    Case(
      "### Question:\n{question}\n\n### Answer:\n{answer}",
      "fields.separator=':\\n' fields.casing='identity' fields.space='\\n\\n'", 480),
    Case(
      "### Question: {question}\n### Answer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "**Question:** {question}\n**Answer:** {answer}",
      "fields.separator=' ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "<question>{question}</question>\n<answer>{answer}</answer>",
      "fields.space='\\n'", 14),
    Case(
      "Question: {question}\nA. {choices.1}\nB. {choices.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' choices.space='\\n' "
        + "choices.separator=' ' choices.wrapper='x.' choices.number='upper_alpha' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "{question}\n(A) {choices.1} (B) {choices.2}\nAnswer: {answer}",
      "choices.space=' ' choices.separator=' ' choices.wrapper='(x)' "
        + "choices.number='upper_alpha' fields.separator=': ' fields.casing='identity' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "Question: {question}\nOptions:\nA. {choices.1}\nB. {choices.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' choices.space='\\n' "
        + "choices.separator=' ' choices.wrapper='x.' choices.number='upper_alpha' "
        + "choices_block.space='\\n' fields.space='\\n'", 17_712_000),
    Case(
      "Question: {question}\nOptions:\n(A) {choices.1}\n(B) {choices.2}\n(C) "
        + "{choices.3}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' choices.space='\\n' "
        + "choices.separator=' ' choices.wrapper='(x)' choices.number='upper_alpha' "
        + "choices_block.space='\\n' fields.space='\\n'", 17_712_000),
    Case(
      "Passage: {passage}\nQuestion: {question}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Passage: {passage}\n\nQuestion: {question}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n\\n' "
        + "question_group.space='\\n'", 6180),
    Case(
      "Passage:\n{passage}\n\nQuestion:\n{question}\n\nAnswer:\n{answer}",
      "fields.separator=':\\n' fields.casing='identity' fields.space='\\n\\n'", 480),
    Case(
      "Claim: {claim} Evidence: {evidence} Label: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space=' '", 480),
    Case(
      "Claim - {claim} || Evidence - {evidence} || Label - {answer}",
      "fields.separator=' - ' fields.casing='identity' fields.space=' || '", 480),
    Case(
      "Input: {input}\nOutput: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "{input} -> {answer}",
      "fields.separator=' ' fields.casing='identity' fields.space=' '", 160),
    Case(
      "{text}\n{answer}",
      "fields.space='\\n'", 14),
    Case(
      "{text} {answer}",
      "fields.space=' '", 14),
    Case(
      "{text}\nSentiment: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Review: {text}\nSentiment: {answer}\n",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Question: {question}?\nAnswer: {answer}.",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "\nQuestion: {question}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "\n\nText: {text}\n\nLabel: {answer}\n\n",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n\\n'", 480),
    Case(
      "问题：{question}\n答案：{answer}",
      "fields.separator='：' fields.casing='identity' fields.space='\\n'", 160),
    Case(
      "Frage: {frage}\nAntwort: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Вопрос — {question}\nОтвет — {answer}",
      "fields.separator=' — ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Use {{x}} for {field}\nAnswer: {answer}",
      "fields.separator=' ' fields.casing='identity' answer.separator=': ' fields.space='\\n'", 7520
    ),
    Case(
      "JSON: {{\"q\": \"{question}\", \"a\": \"{answer}\"}}",
      "fields.separator='\": \"' fields.casing='identity' fields.space=' '", 640),
    Case(
      "Option 1: {options.1}\nOption 2: {options.2}\nAnswer: {answer}",
      "options.space='\\n' options.separator=': ' fields.casing='identity' "
        + "options.gap=' ' options.wrapper='x' options.number='arabic' "
        + "fields.separator=': ' fields.space='\\n'", 12_009_600),
    Case(
      "Question: {question}\nOption 1: {options.1}\nOption 2: {options.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' options.space='\\n' "
        + "options.separator=': ' options.gap=' ' options.wrapper='x' "
        + "options.number='arabic' fields.space='\\n'", 12_009_600),
    Case(
      "Question: {question}\ni. {options.1}\nii. {options.2}\niii. "
        + "{options.3}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' options.space='\\n' "
        + "options.separator=' ' options.wrapper='x.' options.number='roman_lower' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "I) {options.1}\nII) {options.2}\nAnswer: {answer}",
      "options.space='\\n' options.separator=' ' options.wrapper='x)' "
        + "options.number='roman_upper' fields.separator=': ' fields.casing='identity' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "Question: {question}\nA. {choices.1}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' choices.separator=' ' "
        + "choices.wrapper='x.' choices.number='upper_alpha' fields.space='\\n'", 220_320),
    Case(
      "1. {choices.1}\n2. {choices.2}\n3. {choices.3}\nAnswer: {answer}",
      "choices.space='\\n' choices.separator=' ' choices.wrapper='x.' "
        + "choices.number='arabic' fields.separator=': ' fields.casing='identity' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "Choices: a) {choices.1}, b) {choices.2}, c) {choices.3}\nThe answer is {answer}",
      "choices.space=', ' choices.separator=' ' choices.wrapper='x)' "
        + "choices.number='lower_alpha' fields.casing='identity' choices_block.space=' ' "
        + "fields.separator=' ' fields.space='\\n'", 23_616_000),
    Case(
      "Question: {question}\nChoices: [1] {choices.1} [2] {choices.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' choices.space=' ' "
        + "choices.separator=' ' choices.wrapper='[x]' choices.number='arabic' "
        + "choices_block.space=' ' fields.space='\\n'", 17_712_000),
    Case(
      "{question}\nA. {choices.1}\nB. {choices.2}\nC. {choices.3}\nD. "
        + "{choices.4}\nAnswer: {answer}",
      "choices.space='\\n' choices.separator=' ' choices.wrapper='x.' "
        + "choices.number='upper_alpha' fields.separator=': ' fields.casing='identity' "
        + "fields.space='\\n'", 3_002_400),
    Case(
      "Sentence 1: {a}\nSentence 2: {b}\nLabel: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Premise: {premise}\nHypothesis: {hypothesis}\nDoes the premise entail the "
        + "hypothesis? {answer}",
      "fields.separator=': ' fields.casing='identity' answer.separator=' ' fields.space='\\n'", 7520
    ),
    Case(
      "TEXT: {text}\nLABEL: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Title: {title}; Body: {body}; Topic: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space=' '", 480),
    Case(
      "Problem\n\t{question}\nSolution\n\t{answer}",
      "fields.separator='\\n\\t' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "[INST] {question} [/INST] {answer}",
      "fields.separator=' ' fields.casing='identity' fields.space=' '", 480),
    Case(
      "Human: {question}\n\nAssistant: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n\\n'", 480),
    Case(
      "Q: {question} A: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space=' '", 320),
    Case(
      "Q. {question}\nA. {answer}",
      "fields.separator=' ' fields.casing='identity' fields.space='\\n'", 320),
    Case(
      "Word: {word}\nPlural: (A) {options.1} (B) {options.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' options.space=' ' "
        + "options.separator=' ' options.wrapper='(x)' options.number='upper_alpha' "
        + "options_block.space=' ' fields.space='\\n'", 17_712_000),
    Case(
      "# Context\n{context}\n\n# Question\n{question}\n\n# Answer\n{answer}",
      "fields.separator='\\n' fields.casing='identity' fields.space='\\n\\n'", 480),
    Case(
      "Context: {context}\n---\nQuestion: {question}\n---\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n---\\n'", 480),
    Case(
      "Which is larger? {x} or {y}\nAnswer: {answer}",
      "fields.separator=' ' fields.casing='identity' answer.separator=': ' "
        + "fields.space='\\n' x_group.space=' '", 95_200),
    Case(
      "{answer}",
      "", 1),
    Case(
      "Answer: {answer}",
      "fields.separator=': ' fields.casing='identity'", 42),
    Case(
      "Answer: {answer}\nBecause: {reason}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 480),
    Case(
      "Question: {question}\nOption A: {options.1}\nOption B: {options.2}\nCorrect "
        + "option: {answer}",
      "fields.separator=': ' fields.casing='identity' options.space='\\n' "
        + "options.separator=': ' options.gap=' ' options.wrapper='x' "
        + "options.number='upper_alpha' fields.space='\\n'", 16_012_800),
    Case(
      "Question:: {question} <sep> Answer:: {answer}",
      "fields.separator=':: ' fields.casing='identity' fields.space=' <sep> '", 480),
    Case(
      "question: {question} , answer: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space=' , '", 480),
    Case(
      "Question: {question}\n1) {c.1}\n2) {c.2}\nHint:\nA. {h.1}\nB. {h.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' c.space='\\n' c.separator=' ' "
        + "c.wrapper='x)' c.number='arabic' h.space='\\n' h.separator=' ' h.wrapper='x.' "
        + "h.number='upper_alpha' h_block.space='\\n' fields.space='\\n'", 111_033_504_000),
    Case(
      "Q\u{301}: {question}\nA: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\n'", 320),
    Case(
      "A: {question}\r\nB: {answer}",
      "fields.separator=': ' fields.casing='identity' fields.space='\\r\\n'", 320),
    Case(
      "Event: {event}\nCause (A): {c.1}\nCause (B): {c.2}\nAnswer: {answer}",
      "fields.separator=': ' fields.casing='identity' c.space='\\n' c.separator=': ' "
        + "c.gap=' ' c.wrapper='(x)' c.number='upper_alpha' fields.space='\\n'", 12_009_600),
  ]

  @Test(arguments: cases) func `a template becomes a structure whose original is that text`(
    _ example: Case
  ) throws {
    let structure = try Structure(template: example.template, name: "t")
    let template = try #require(Layout(structure).template(structure.original))
    #expect(Array(Self.text(of: template).utf8) == Array(example.template.utf8))
    let attributes = structure.free.map { structure.attributes[$0] }
      .map { "\($0.id)=\(quoted($0.original.name))" }
    #expect(attributes.joined(separator: " ") == example.attributes)
    let space = try FormatSpace(structure, grammar: .paper)
    #expect(space.count == example.count)
    #expect(space.entangled.isEmpty)
    #expect(structure.refusal(structure.original) == nil)
  }

  /// A template as a user would write it.
  static func text(of template: Template) -> String {
    let literals = template.literals.map {
      $0.replacing("{", with: "{{").replacing("}", with: "}}")
    }
    let slots = template.slots.map { slot in
      switch slot {
      case .field(let name): "{\(name)}"
      case .item(let list, let index): "{\(list).\(index + 1)}"
      case .output: "{answer}"
      }
    }
    return zip(literals, slots + [""]).map { $0 + $1 }.joined()
  }

  @Test(arguments: [
    ("Question: {question}", "no output field; mark where the answer goes with {answer}"),
    ("", "no output field; mark where the answer goes with {answer}"),
    (
      "Q: {question\nA: {answer}",
      "column 17: a brace out of place; write {{ or }} for the character"
    ),
    ("A: {answer", "column 4: '{' is never closed"),
    ("A: }{answer}", "column 4: a brace out of place; write {{ or }} for the character"),
    ("{q} {q} {answer}", "column 5: '{q}' occurs twice"),
    ("{answer} {answer}", "column 10: '{answer}' occurs twice"),
    ("{c.1} {c.1} {answer}", "column 7: '{c.1}' occurs twice"),
    (
      "A. {c.0} {answer}", "column 4: '{c.0}' needs an item's position from 1 after the point"
    ),
    (
      "A. {c.x} {answer}", "column 4: '{c.x}' needs an item's position from 1 after the point"
    ),
    (
      "{} {answer}",
      "column 1: '{}' is not a field; write {name}, or {list.1} for an item of a list"
    ),
    (
      "{a.b.c} {answer}",
      "column 1: '{a.b.c}' is not a field; write {name}, or {list.1} for an item of a list"
    ),
    (
      "{c.1}, {c.2}\nA: {answer}",
      "the labels of {c.…} follow no known numbering; write for example 'A. {c.1}\\nB. {c.2}'"
    ),
    (
      "A. {c.1}\nC. {c.2}\nA: {answer}",
      "the labels of {c.…} follow no known numbering; write for example 'A. {c.1}\\nB. {c.2}'"
    ),
    (
      "B. {c.2}\nA. {c.1}\nA: {answer}", "the items of {c} must rise, as {c.1} {c.2}"
    ),
    (
      "A. {c.1}\nQ: {q}\nB. {c.2}\nA: {answer}",
      "the items of {c} must stand together; {q} is between them"
    ),
  ])
  func `a faulty template is refused in one line`(template: String, message: String) {
    let joint = message.hasPrefix("column") ? ", " : ": "
    #expect(throws: InputError("template" + joint + message)) {
      try Structure(template: template, name: "t")
    }
  }

  @Test(arguments: [2, 4]) func `every format of a structure can be read as a template again`(
    items: Int
  ) throws {
    let spaces = [
      try FormatSpace(try Samples.simple(), grammar: .paper),
      try FormatSpace(try Samples.choices(items), grammar: .paper),
      try FormatSpace(
        try Structure(
          template: "Passage: {p}\nQuestion: {q}\nOptions:\nA. {c.1}\nB. {c.2}\nAnswer: {answer}",
          name: "t"), grammar: .paper),
    ]
    var generator = SeededGenerator(seed: 11)
    for space in spaces {
      for _ in 0..<150 {
        let format = space.format(at: generator.below(space.count))
        let template = try #require(space.template(format))
        let again = try Structure(template: Self.text(of: template), name: "t")
        #expect(Layout(again).template(again.original)?.identity == template.identity)
        #expect(again.root.slots == template.slots)
      }
    }
  }

  @Test func `odd templates reproduce or are refused, and never crash`() throws {
    var reproduced = 0
    for seed in 0..<600 {
      var random = RandomStructures(seed: UInt64(seed), isNarrow: seed % 2 == 0)
      let grammar = random.grammar()
      let structure = random.structure()
      guard let template = Layout(structure).template(structure.original) else { continue }
      do {
        let again = try Structure(
          template: Self.text(of: template), name: "t", grammar: grammar)
        #expect(Layout(again).template(again.original)?.identity == template.identity)
        #expect(again.root.slots == template.slots)
        reproduced += 1
      } catch {
        #expect("\(error)".contains("follow no known numbering"), "\(Self.text(of: template))")
      }
    }
    #expect(reproduced > 300)
  }

  @Test func `a numbering of the grammar's own labels items`() throws {
    let grammar = try Samples.grammar(
      """
      {"schema": "formatspread.grammar/1", "name": "g",
       "number": ["arabic", {"name": "stars", "labels": ["*", "**", "***"]}]}
      """)
    let structure = try Structure(
      template: "(*) {c.1}\n(**) {c.2}\nA: {answer}", name: "t", grammar: grammar)
    #expect(structure.attributes.first { $0.kind == .number }?.original.name == "stars")
  }
}
