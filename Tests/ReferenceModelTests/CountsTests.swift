import Testing

@testable import ReferenceModel

@Suite struct `Counts of what follows` {
  static let texts = ["abracadabra, abracadabra!", "a cab, a bar", "", "aaaaaaaaaaaaaaaaaaaa"]
    .map { Array($0.utf8) }

  @Test(arguments: SuccessorCounts.lengths)
  func `agree with counting by hand`(_ length: Int) {
    let counts = SuccessorCounts(texts: Self.texts)
    var expected: [[UInt8]: [UInt8: Int]] = [:]
    for text in Self.texts where text.count > length {
      for end in length..<text.count {
        expected[Array(text[(end - length)..<end]), default: [:]][text[end], default: 0] += 1
      }
    }
    #expect(!expected.isEmpty)
    for (context, successors) in expected {
      var hash = SuccessorCounts.emptyContext
      for byte in context.reversed() { hash = SuccessorCounts.extended(hash, by: byte) }
      let entry = counts.successors(of: hash, length: length) ?? 0..<0
      var found: [UInt8: Int] = [:]
      for index in entry { found[counts.bytes[index]] = Int(counts.counts[index]) }
      #expect(found == successors)
    }
  }

  @Test func `know no context that never occurred`() {
    let counts = SuccessorCounts(texts: Self.texts)
    let hash = SuccessorCounts.extended(SuccessorCounts.emptyContext, by: UInt8(ascii: "z"))
    #expect(counts.successors(of: hash, length: 1) == nil)
  }

  @Test func `find in the text at hand every earlier place that agrees`() {
    var text = ReadText("abcab dabcabc".utf8)
    for byte in "abcab".utf8 { text.append(byte) }
    text.append(UInt8(ascii: "!"))
    text.removeLast()
    var found: [ReadText.Match] = []
    text.matches(into: &found)
    let bytes = text.bytes
    let expected = (0..<(bytes.count - 1)).reversed().compactMap { place -> [Int]? in
      var length = 0
      while length < SuccessorCounts.longest, length <= place,
        bytes[place - length] == bytes[bytes.count - 1 - length]
      { length += 1 }
      return length > 0 ? [length, Int(bytes[place + 1])] : nil
    }
    #expect(found.map { [$0.length, Int($0.next)] } == expected)
  }
}

@Suite struct `The local model` {
  @Test func `is uniform before it has read anything`() {
    var model = LocalModel(corpus: SuccessorCounts(texts: []))
    model.predict(after: ReadText("".utf8))
    #expect(model.probabilities.allSatisfy { $0 == 1.0 / 256 })
  }

  @Test func `discounts the corpus in favour of shorter contexts`() {
    // Worked by hand: of a and b, once each, 0.7 is taken and spread over 256 bytes.
    var model = LocalModel(corpus: SuccessorCounts(texts: [Array("ab".utf8)]))
    model.predict(after: ReadText("".utf8))
    let none = 0.7 / 256
    #expect(abs(model.probabilities[0x61] - (0.15 + none)) < 1e-12)
    #expect(abs(model.probabilities[0x7A] - none) < 1e-12)
    // After "a" there was one b: 0.3 to it, 0.7 to the distribution above.
    model.predict(after: ReadText("a".utf8))
    #expect(abs(model.probabilities[0x62] - (0.3 + 0.7 * (0.15 + none))) < 1e-12)
    #expect(abs(model.probabilities[0x61] - 0.7 * (0.15 + none)) < 1e-12)
  }

  @Test func `learns from the text at hand`() {
    // After "xyx" one earlier x was followed by y: weight 0.3 against a doubt of 2.
    var model = LocalModel(corpus: SuccessorCounts(texts: []))
    model.predict(after: ReadText("xyx".utf8))
    #expect(abs(model.probabilities[0x79] - (0.3 / 2.3 + 2 / 2.3 / 256)) < 1e-12)
    #expect(abs(model.masses.reduce(0, +) - 1) < 1e-12)
    #expect(abs(model.probabilities.reduce(0, +) - 1) < 1e-12)
  }

  @Test func `withholds a document's own occurrences`() {
    let (one, other) = (Array("ab".utf8), Array("ac".utf8))
    var whole = LocalModel(corpus: SuccessorCounts(texts: [one, other]))
    var rest = LocalModel(corpus: SuccessorCounts(texts: [other]))
    var own: [ReadText.Match] = []
    ReadText(one).occurrences(of: Array("a".utf8), into: &own)
    whole.predict(after: ReadText("a".utf8), withheld: own)
    rest.predict(after: ReadText("a".utf8))
    // The empty context is not withheld in full, so only the order of the successors is compared.
    #expect(whole.probabilities[0x63] > 0.3 && rest.probabilities[0x63] > 0.3)
    #expect(whole.probabilities[0x62] < 0.2)
  }
}
