import Basics
import Tasks
import Testing

@testable import Importing

@Suite struct `What an import says of data that it cannot use` {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var kind = ImportKind.csv
    let data: String
    var template: String?
    var answer: String?
    var options = ImportSettings.OptionChoice.automatic
    var isWide = false
    let message: String

    var testDescription: String { name }
  }

  private static let table = "text,mood\nfine,good\nbad,poor\nnice,good\n"
  private static let many =
    "text,label\n" + (0..<200).map { "t\($0),l\($0 % 25)\n" }.joined()

  static let cases: [Case] = [
    Case(name: "nothing", data: "", message: "d: the file is empty"),
    Case(name: "a header only", data: "a,b\n", message: "d: no rows"),
    Case(
      name: "an unknown field", data: table, template: "Text: {txt}\nMood: {mood}",
      message: "--template: no column {txt} (did you mean 'text'?); columns: text, mood"),
    Case(
      name: "an unknown last field", data: table, template: "Text: {text}\nMood: {mod}",
      message: "--template: no column {mod} (did you mean 'mood'?); columns: text, mood"),
    Case(
      name: "a field of a point", data: table, template: "A: {.}\nB: {mood}",
      message: "--template: no column {.}; columns: text, mood"),
    Case(
      name: "a template of nothing but the answer", data: table, template: "Text: {text}",
      message:
        "--template: shows nothing but the answer; name the columns to show before it, such as "
        + "'Text: {text}\\nLabel: {label}'; columns: text, mood"),
    Case(
      name: "an open brace", data: table, template: "Text: {text",
      message: "--template, column 7: '{' is never closed"),
    Case(
      name: "a field without a name", data: table, template: "{}",
      message: "--template, column 1: a field without a name"),
    Case(
      name: "a template without the answer", data: table, template: "Text: {text}", answer: "mood",
      message:
        "--template: does not say where the answer goes; end it with {mood} or {answer}"),
    Case(
      name: "a template that shows a field twice", data: table,
      template: "A: {text}\nB: {text}\nC: {mood}",
      message: "--template: template, column 14: '{text}' occurs twice"),
    Case(
      name: "an unknown answer column", data: table, answer: "mod",
      message: "--answer 'mod': no such column (did you mean 'mood'?); columns: text, mood"),
    Case(
      name: "another separator", data: "text;mood\nfine;good\n",
      message: "d:1: one column only; are cells separated by ';'? then give --separator ';'"),
    Case(
      name: "twin columns", data: "a,a\n1,2\n",
      message: "d:1: the column 'a' occurs twice; rename one of the two"),
    Case(
      name: "one answer only", data: "text,label\na,x\nb,x\nc,x\n",
      message: "d: every answer in 'label' is 'x'; a task needs at least two, and --answer names "
        + "another column"),
    Case(
      name: "many options", data: many,
      message:
        "d: 25 different answers in 'label' ('l0', 'l1', 'l10', 'l11', 'l12', …); confirm them "
        + "with --options found, name them as --options 'a,b,c', or give --options free"),
    Case(
      name: "options that no answer is", data: table, answer: "mood",
      options: .listed(["yes", "no"]),
      message:
        "d: no row can be used: 2 rows (d:2, d:4) with an answer that is no option ('good'); 1 "
        + "row (d:3) with an answer that is no option ('poor')"),
    Case(
      name: "an options column that is none", data: table, answer: "mood",
      options: .column("moods"),
      message:
        "--options 'moods': no column holds lists under this name (did you mean 'mood'?); give a "
        + "list column, or the options separated by commas"),
    Case(
      name: "a line that is no object", kind: .jsonl, data: "{\"a\":1}\n[2]\n",
      message: "d:2: expected an object on every line, found a list"),
    Case(
      name: "a line that is not JSON", kind: .jsonl, data: "{\"a\":1}\n{\"a\":\n",
      message: "d:2:6: not valid JSON: the text ends where a value should be"),
    Case(
      name: "twin keys", kind: .jsonl, data: "{\"a\":1,\"a\":2}\n",
      message: "d:1:8: not valid JSON: the key 'a' occurs twice in one object"),
    Case(
      name: "a lone surrogate", kind: .jsonl, data: #"{"a":"\ud83d"}"#,
      message: "d:1:7: not valid JSON: half of a surrogate pair"),
    Case(
      name: "UTF-16 without a mark", data: "t\u{0}e\u{0}",
      message: "d: has zero bytes, so it may be UTF-16; save it as UTF-8, for example with: "
        + "iconv -f UTF-16 -t UTF-8"),
    Case(
      name: "UTF-16 with a mark", data: "\u{FEFF}", isWide: true,
      message: "d: is UTF-16; save it as UTF-8, for example with: iconv -f UTF-16 -t UTF-8"),
    Case(
      name: "a spreadsheet", data: "PK\u{3}\u{4}\u{14}\u{0}",
      message: "d: is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV in UTF-8"),
    Case(
      name: "a Parquet file", kind: .huggingface, data: "PAR1\u{15}\u{4}",
      message: "d: is a Parquet file; export it as JSON lines (in Python: dataset.to_json)"),
    Case(
      name: "deep nesting in a line", kind: .jsonl,
      data: #"{"a":"# + String(repeating: "[", count: 100_000),
      message: "d:1:205: not valid JSON: nested deeper than 200 levels"),
    Case(
      name: "deep nesting in a document", kind: .json,
      data: String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000),
      message: "d:1:202: not valid JSON: nested deeper than 200 levels"),
    Case(
      name: "twin keys in a document", kind: .json, data: #"[{"a":1,"a":2}]"#,
      message: "d:1:9: not valid JSON: the key 'a' occurs twice in one object"),
    Case(
      name: "lists as answers, with the options to be found", kind: .jsonl,
      data: #"{"q":"x","answers":["a","b"]}"#, options: .found,
      message:
        "--options found: the answers in 'answers' are lists; name the options as --options 'a,b,c', "
        + "or give --options free"),
    Case(
      name: "no instances", kind: .naturalInstructions, data: #"{"Definition":["x"]}"#,
      message: "d: $: the key 'Instances' is missing or empty"),
    Case(
      name: "a template that no input fits", kind: .naturalInstructions,
      data: #"{"Instances":[{"input":"a","output":["b"]}]}"#, template: "X: {x}\nY: {answer}",
      message: "d: the input does not have the form 'X: {x}\\nY: {answer}'; give --template"),
  ]

  @Test(arguments: cases) func `is one line with value, place and what is accepted`(_ wrong: Case) {
    let found = message {
      let bytes =
        wrong.isWide
        ? wrong.data.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } : Array(wrong.data.utf8)
      _ = try Imported.tasks(wrong.kind, [("d", bytes)]) {
        $0.template = wrong.template
        $0.answer = wrong.answer
        $0.options = wrong.options
      }
    }
    #expect(found == wrong.message)
  }

  @Test func `a text of a hundred thousand characters is read`() throws {
    let long = String(repeating: "é", count: 100_000)
    let task = try Imported.task(.csv, "text,label\n\(long),a\nshort,b\nmore,a\n")
    #expect(try task.task().examples[0].text("text") == long)
  }

  @Test func `answers that hardly repeat are free text`() throws {
    let task = try Imported.task(
      .csv, "question,answer\n" + (0..<30).map { "q\($0),a\($0)\n" }.joined())
    #expect(task.parts["options"] == nil)
    #expect(
      task.notes.contains(
        "the answers hardly repeat, so they are free text; --options found makes options of them"))
  }
}
