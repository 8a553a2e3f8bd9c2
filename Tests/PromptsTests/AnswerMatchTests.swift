import Basics
import Foundation
import Testing

@testable import Prompts

@Suite struct AnswerMatchTests {
  @Test(.enabled(if: SharedFiles.arePresent))
  func `the prefix match agrees with every recorded verdict of the released code`() throws {
    let text = try String(
      contentsOfFile: SharedFiles.path("golden/prefix-match.jsonl"), encoding: .utf8)
    var rows = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let place = "prefix-match.jsonl:\(number + 1)"
      let reader = JSONReader(try JSON.parse(Array(line.utf8), file: place), file: place)
      let row = try reader.members(known: [
        "generation", "answer", "classes", "right", "wrong", "verdict",
      ])
      let verdict = AnswerMatch.prefix.verdict(
        try row.required("generation", in: reader).string(),
        answer: try row.required("answer", in: reader).string(),
        options: try row.required("classes", in: reader).strings())
      #expect(verdict.right == (try row.required("right", in: reader).bool()), "\(place)")
      #expect(verdict.wrong == (try row.required("wrong", in: reader).bool()), "\(place)")
      #expect(verdict.name == (try row.required("verdict", in: reader).string()), "\(place)")
      rows += 1
    }
    #expect(rows > 400)
  }
}
