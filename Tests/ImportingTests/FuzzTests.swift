import Basics
import Foundation
import Testing

@testable import Importing

/// Damaged files of every kind: an error with a message, or a task that the tool can read.
///
/// `FORMATSPREAD_FUZZ=100000` sets how many inputs each kind gets; the plain tests take a few hundred.
@Suite struct `Damaged data` {
  private static let count =
    ProcessInfo.processInfo.environment["FORMATSPREAD_FUZZ"].flatMap { Int($0) } ?? 300

  /// Whole files, of which parts are changed.
  private static func models(_ kind: ImportKind) -> [[String]] {
    let table =
      "id,text,label,A,B\n1,\"one, \"\"x\"\"\ny\",a,p,q\n2,two,b,r,s\r\n3,three,a,t,u\n4,four,b,v,w\n"
    switch kind {
    case .csv: return [[table]]
    case .tsv: return [[table.replacing(",", with: "\t")]]
    case .mmlu: return [["What?,w,x,y,z,B\nWho?,w,x,y,z,A\nWhy?,a,b,c,d,C\n"]]
    case .jsonl:
      return [
        [
          #"{"text":"a","choices":["x","y"],"answer":0}"# + "\n"
            + #"{"text":"b\n","choices":["x","z"],"answer":1}"# + "\n"
            + #"{"text":"\u00e9","choices":{"text":["x","y"],"label":["A","B"]},"answer":"B"}"#
        ]
      ]
    case .json:
      return [
        [#"[{"text":"a","label":1},{"text":"b","label":0},{"text":"c","label":1.5}]"#],
        [#"{"text":["a","b","c","d"],"label":[0,1,0,1]}"#],
        [#"{"data":[{"q":"a","y":true},{"q":"b","y":null},{"q":"c","y":false}],"n":{"k":1}}"#],
      ]
    case .huggingface:
      return [
        [
          #"{"features":[{"name":"label","type":{"names":["n","p"],"_type":"ClassLabel"}}],"rows":[{"row_idx":0,"row":{"text":"a","label":0}},{"row":{"text":"b","label":1}},{"row":{"text":"c","label":0}}]}"#
        ]
      ]
    case .lmEval:
      return [
        [
          #"{"doc_id":0,"doc":{"q":"a","label":0},"target":"0","arguments":[["a"," no"],["a"," yes"]]}"#
            + "\n"
            + #"{"doc_id":1,"doc":{"q":"b","label":1},"target":"1","arguments":{"gen_args_0":{"arg_0":"b","arg_1":" no"},"gen_args_1":{"arg_0":"b","arg_1":" yes"}}}"#
        ]
      ]
    case .bbh:
      return [
        [
          #"{"canary":"c","examples":[{"input":"Q\nOptions:\n(A) x\n(B) y","target":"(A)"},{"input":"R\nOptions:\n(A) x\n(B) z","target":"(B)"},{"input":"S","target":"no"}]}"#
        ]
      ]
    case .instructionInduction:
      return [
        [
          #"{"annotations":["Write {it}.","do"]}"#,
          #"{"metadata":{},"examples":{"1":{"input":"a","output":"b"},"2":{"input":"c","output":["d","e"]}}}"#,
        ]
      ]
    case .naturalInstructions:
      return [
        [
          #"{"Definition":["Say 'a', 'b' or {x}."],"Instances":[{"input":"Problem: p \nOptions: a ) 1 , b ) 2 , c ) 3 , d ) 4 , e ) 5","output":["a"]},{"input":"Problem: q \nOptions: a ) 1 , b ) 2 , c ) 2 , d ) 4 , e ) 5","output":["c","d"]}]}"#
        ],
        [
          #"{"Definition":"x","Instances":[{"input":"Context: a Question: b","output":["y"]},{"input":"Context: c Question: d","output":["n"]}]}"#
        ],
      ]
    }
  }

  private static let pieces: [[UInt8]] =
    [
      "\"", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\\", "\\u", "\\ud800", "{{", "null",
      "1e999", "-0",
      "true", "\t", "(A)", "\nOptions:\n", "{answer}", "answer", "é", "\u{301}", "\u{FEFF}",
      "99999999999999999999",
      "choices", "label",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x00], [0xED, 0xA0, 0x80]]

  private func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<generator.below(5) {
      guard !bytes.isEmpty else { return bytes }
      let at = generator.below(bytes.count)
      let end = min(bytes.count, at + 1 + generator.below(12))
      switch generator.below(7) {
      case 0: bytes[at] = UInt8(generator.below(256))
      case 1: bytes.removeSubrange(at..<end)
      case 2: bytes.insert(contentsOf: bytes[at..<end], at: generator.below(bytes.count))
      case 3: bytes.removeSubrange(at...)
      case 4:
        let piece = Self.pieces[generator.below(Self.pieces.count)]
        bytes.insert(
          contentsOf: Array(repeating: piece, count: 1 + generator.below(3)).joined(), at: at)
      default: bytes.insert(contentsOf: Self.pieces[generator.below(Self.pieces.count)], at: at)
      }
    }
    return bytes
  }

  private func settings(_ generator: inout SeededGenerator) -> ImportSettings {
    var settings = ImportSettings()
    let templates = [
      "T: {text}\nL: {label}", "{text}", "{A} {B}\n{answer}", "Problem: {p} \n{options.1} {answer}",
      "{{{text}",
    ]
    if generator.below(4) == 0 { settings.template = templates[generator.below(templates.count)] }
    if generator.below(8) == 0 {
      settings.answer = ["label", "answer", "text"][generator.below(3)]
    }
    switch generator.below(8) {
    case 0: settings.options = .free
    case 1: settings.options = .found
    case 2: settings.options = .listed(["a", "b{"])
    case 3: settings.options = .column("choices")
    default: break
    }
    if generator.below(8) == 0 { settings.labels = ["no", "yes"] }
    if generator.below(8) == 0 { settings.limit = 1 + generator.below(3) }
    if generator.below(8) == 0 { settings.hasHeader = false }
    return settings
  }

  @Test(arguments: ImportKind.allCases)
  func `gives an error or a task, and never anything else`(kind: ImportKind) throws {
    var generator = SeededGenerator(seed: 3, stream: kind.rawValue)
    let models = Self.models(kind).map { $0.map { Array($0.utf8) } }
    var good = 0
    let structures = Imported.structures
    for _ in 0..<Self.count {
      let model = models[generator.below(models.count)]
      var settings = settings(&generator)
      settings.structures = generator.below(2) == 0 ? structures : nil
      let name = ["task1420_x.json", "d.json", "é/. .json"][generator.below(3)]
      let files = model.map { bytes in
        (name: name, bytes: damaged(bytes, &generator))
      }
      let size = 1 + generator.below(100)
      do throws(InputError) {
        for task in try Imported.tasks(kind, files, size: size, { $0 = settings }) {
          // What was written can be read, and the text is the text that was read.
          let text = try JSON.parse(Array(task.document.compact.utf8), file: "t")
          #expect(text == task.document)
          _ = try task.task()
          good += 1
        }
      } catch {
        #expect(!error.message.isEmpty && !error.message.contains("\n"), "\(error.message)")
      }
    }
    #expect(good > 0)
  }
}
