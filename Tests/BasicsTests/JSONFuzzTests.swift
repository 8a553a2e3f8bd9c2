import Foundation
import Testing

@testable import Basics

/// Broken and odd texts, made by seeded mutation of sound ones.
struct JSONFuzzTests {
  private static let seeds = [
    #"{"a":[1,-2.5e+10,true,false,null],"b":{"c":"d\n\u00e9\ud83d\ude42"},"":[]}"#,
    #"[0,-0,1.0,1e5,12345678901234567890,"é🙂",{"x":{"y":[{}]}}]"#,
    #""plain\\text\/\"""#,
    "  [ 1 ,\t2 ,\r\n{ \"k\" : \"v\" } ]  ",
    #"{"schema":"formatspread.task/1","examples":[{"q":"?","answer":"yes"}]}"#,
  ]
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\\ude42", "0", "-", ".", "e", "E5",
    "true", "nul", " ", "\n", "\u{1}", "é", "🙂", "\u{FEFF}", "1e999", "01", "//", "\\u0000",
  ].map { Array($0.utf8) }

  private static func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(seeds[generator.below(seeds.count)].utf8)
    for _ in 0...generator.below(4) {
      let place = generator.below(bytes.count + 1)
      switch generator.below(5) {
      case 0: bytes.insert(contentsOf: pieces[generator.below(pieces.count)], at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(3)))
      case 2 where place < bytes.count: bytes[place] = UInt8(generator.below(256))
      case 3:
        let end = place + generator.below(bytes.count - place + 1)
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      default: bytes = Array(bytes[..<place])
      }
    }
    return bytes
  }

  @Test func `30,000 mutated texts are read or refused like Foundation does, and never crash`() {
    var generator = SeededGenerator(seed: 8_259)
    var accepted = 0
    for _ in 0..<30_000 {
      let bytes = Self.mutated(&generator)
      let shown = String(decoding: bytes, as: UTF8.self)
      do {
        let value = try JSON.parse(bytes)
        accepted += 1
        #expect((try? JSON.parse(value.compact)) == value, "\(shown)")
        #expect((try? JSON.parse(value.pretty(width: 20))) == value, "\(shown)")
        #expect(Self.foundationAccepts(bytes), "only we accept \(shown)")
      } catch {
        #expect(error.line >= 1 && error.column >= 1 && error.column <= bytes.count + 1)
        #expect(!Self.foundationAccepts(bytes) || Self.isStricter(error), "\(error): \(shown)")
      }
    }
    // Enough of both kinds for the comparison to mean something.
    #expect((3_000...27_000).contains(accepted))
  }

  /// What Foundation lets pass and we do not, on purpose; the last is a comma before "]".
  private static func isStricter(_ error: JSON.SyntaxError) -> Bool {
    error.reason.hasSuffix("occurs twice in one object")
      || error.reason.hasSuffix("is out of range")
      || error.reason == "']' where a value should be"
  }

  private static func foundationAccepts(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
  }

  @Test func `random bytes never crash`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let bytes = (0..<generator.below(24)).map { _ in UInt8(generator.below(256)) }
      _ = try? JSON.parse(bytes)
    }
  }

  /// A random value of at most the given depth.
  private static func value(_ generator: inout SeededGenerator, depth: Int) -> JSON {
    switch generator.below(depth > 0 ? 8 : 6) {
    case 0: .null
    case 1: .bool(generator.below(2) == 0)
    case 2: .integer(Int(truncatingIfNeeded: generator.next()) >> generator.below(64))
    case 3: .number(generator.normal() * 1e6)
    case 4: .whole(UInt128(generator.next()) << 40)
    case 5: .string(text(&generator))
    case 6: .array((0..<generator.below(5)).map { _ in value(&generator, depth: depth - 1) })
    default:
      .object(
        (0..<generator.below(5)).reduce(into: JSONObject()) { object, _ in
          object[text(&generator)] = value(&generator, depth: depth - 1)
        })
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> String {
    var view = String.UnicodeScalarView()
    let limits: [Int] = [0x20, 0x80, 0x300, 0x11_0000]
    for _ in 0..<generator.below(6) {
      let value = UInt32(generator.below(limits[generator.below(limits.count)]))
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  @Test func `random values survive writing and reading`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      let value = Self.value(&generator, depth: 4)
      #expect(try JSON.parse(value.compact) == value)
      #expect(try JSON.parse(value.pretty(width: generator.below(80))) == value)
    }
  }
}
