import Basics
import Testing

@testable import Tasks

@Suite struct `Computed tasks` {
  @Test(arguments: names)
  func `have at least 300 examples without repeats`(_ name: String) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    #expect(task.examples.count >= 300)
    let contents = task.examples.map { content(of: $0) }
    #expect(Set(contents).count == contents.count)
  }

  // The digests of what the first release shipped: a change here changes every figure measured.
  @Test(
    arguments: [
      ("number-comparison", "03e5afde023e7070b17c5487a16d619c381acefbf385dafdf9aff3ecf92625a2"),
      ("odd-one-out", "9b786918ce53baa9296aaae947331a1fe89d3553abca70e4d9dd90e4a73e7db6"),
      ("past-tense", "9f7f069a6c37eb3a09bae2c741d926feb97ac4e95d2b0d8b2fafdb65e04258f5"),
      ("plural", "f1b66c678c3fca9feff1b4cdcc107b6bd28bb6147f12db38cfafeaa0c4ca1135"),
    ])
  func `come out with the same bytes everywhere`(_ name: String, _ digest: String) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    #expect(SHA256.hex(task.document.pretty()) == digest)
  }

  @Test(arguments: names)
  func `share no noun, verb, number or quintet with what a model learns from`(
    _ name: String
  ) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    #expect(!task.training.isEmpty)
    let evaluated = Set(task.examples.flatMap { inputs(of: $0) })
    let learned = Set(task.training.flatMap { inputs(of: $0) })
    #expect(evaluated.isDisjoint(with: learned))
  }

  @Test(arguments: ["plural", "past-tense"])
  func `offer four spellings of which none begins another`(_ name: String) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    for example in task.examples + task.training {
      let forms = texts(example, "forms")
      #expect(forms.count == 4, "\(forms)")
      for form in forms {
        #expect(forms.filter { form.hasPrefix($0) } == [form], "\(forms)")
      }
      #expect(forms.contains(text(example, "answer")))
    }
  }

  @Test(arguments: ["plural", "past-tense"])
  func `put the right spelling equally often in each position`(_ name: String) throws {
    let task = try #require(ComputedTask.all.first { $0.name == name })
    var counts = [0, 0, 0, 0]
    for example in task.examples {
      counts[try #require(texts(example, "forms").firstIndex(of: text(example, "answer")))] += 1
    }
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test func `compare numbers rightly and as often either way`() throws {
    let task = try #require(ComputedTask.all.first { $0.name == "number-comparison" })
    for example in task.examples + task.training {
      let first = try #require(Int(text(example, "first")))
      let second = try #require(Int(text(example, "second")))
      #expect(first != second)
      #expect(text(example, "answer") == (first > second ? "first" : "second"))
    }
    #expect(task.examples.filter { text($0, "answer") == "first" }.count == 200)
  }

  @Test func `put exactly one odd word among four of a category`() throws {
    let task = try #require(ComputedTask.all.first { $0.name == "odd-one-out" })
    var positions = [Int](repeating: 0, count: 5)
    for example in task.examples + task.training {
      let words = texts(example, "words")
      guard case .integer(let answer)? = member(example, "answer") else {
        Issue.record("no position in \(example)")
        continue
      }
      let homes = words.map { word in
        Categories.all.indices.filter { Categories.all[$0].words.contains(word) }
      }
      #expect(homes.allSatisfy { $0.count == 1 }, "\(words)")
      let odd = homes[answer - 1]
      #expect(Set(homes).count == 2 && homes.filter { $0 == odd }.count == 1, "\(words)")
    }
    for example in task.examples {
      if case .integer(let answer)? = member(example, "answer") { positions[answer - 1] += 1 }
    }
    #expect(positions == [80, 80, 80, 80, 80])
  }

  @Test func `draw on words that occur once in their lexicon`() {
    let nouns =
      Nouns.plain + Nouns.hissing + Nouns.consonantY + Nouns.hardF + Nouns.stressedO
      + Nouns.irregular.map(\.0)
    #expect(repeated(nouns) == [])
    let verbs =
      Verbs.plain + Verbs.silentE + Verbs.doubling + Verbs.consonantY + Verbs.irregular.map(\.0)
    #expect(repeated(verbs) == [])
    #expect(repeated(Categories.all.flatMap(\.words)) == [])
    #expect(Categories.all.count >= 25)
    #expect(Categories.all.allSatisfy { $0.words.count >= 15 })
    let names = Set(Categories.all.map(\.name))
    #expect(Categories.close.allSatisfy { names.contains($0.0) && names.contains($0.1) })
  }

  @Test func `spell each lexicon entry by the rule of its list`() {
    let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
    #expect(
      Nouns.hissing.filter { noun in
        !["s", "x", "z", "ch", "sh"].contains { noun.hasSuffix($0) }
      } == [])
    #expect(
      (Nouns.consonantY + Verbs.consonantY).filter { word in
        !word.hasSuffix("y") || vowels.contains(word.dropLast().last ?? "a")
      } == [])
    #expect(Nouns.hardF.filter { !$0.hasSuffix("f") && !$0.hasSuffix("fe") } == [])
    #expect(Verbs.silentE.filter { !$0.hasSuffix("e") } == [])
    #expect(Verbs.plain.filter { $0.hasSuffix("e") } == [])
    #expect(Verbs.doubling.filter { vowels.contains($0.last ?? "a") } == [])
  }
}

private let names = ["number-comparison", "odd-one-out", "past-tense", "plural"]

private func repeated(_ words: [String]) -> [String] {
  var seen = Set<String>()
  return words.filter { !seen.insert($0).inserted }
}

private func member(_ example: JSON, _ key: String) -> JSON? {
  guard case .object(let object) = example else { return nil }
  return object[key]
}

private func text(_ example: JSON, _ key: String) -> String {
  guard case .string(let text)? = member(example, key) else { return "" }
  return text
}

private func texts(_ example: JSON, _ key: String) -> [String] {
  guard case .array(let items)? = member(example, key) else { return [] }
  return items.compactMap { item in
    guard case .string(let text) = item else { return nil }
    return text
  }
}

/// What identifies an example: everything but its answer.
private func content(of example: JSON) -> [String] {
  inputs(of: example) + texts(example, "words")
}

/// What a model must not have learned from: the noun, the verb, both numbers, or all five words.
private func inputs(of example: JSON) -> [String] {
  let words = texts(example, "words")
  return ["noun", "verb", "first", "second"].map { text(example, $0) }.filter { !$0.isEmpty }
    + (words.isEmpty ? [] : [words.joined(separator: " ")])
}
