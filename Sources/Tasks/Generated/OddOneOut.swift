import Basics

extension ComputedTask {
  /// Four words of one category and one of another, as an enumeration of five.
  static func oddOneOut(count: Int = 400, trainingCount: Int = 400) -> ComputedTask {
    let (evaluated, training) = halves()
    return ComputedTask(
      name: "odd-one-out",
      description: "Find the word that belongs to another category than the four others.",
      instruction: """
        Four of the five words belong to one category. Answer with the label of the word that \
        does not belong: {words.1}, {words.2}, {words.3}, {words.4} or {words.5}.
        """,
      template: """
        A. {words.1}
        B. {words.2}
        C. {words.3}
        D. {words.4}
        E. {words.5}
        Odd one out: {answer}
        """,
      options: .string("words"),
      examples: quintets(evaluated, count, stream: "evaluated"),
      training: quintets(training, trainingCount, stream: "training"))
  }

  /// The words of each category, divided so that no word is in both halves.
  private static func halves() -> (evaluated: [[String]], training: [[String]]) {
    var generator = SeededGenerator(seed: 1, stream: "odd-one-out/halves")
    var halves: (evaluated: [[String]], training: [[String]]) = ([], [])
    for category in Categories.all {
      var words = category.words
      generator.shuffle(&words)
      halves.evaluated.append(Array(words.prefix(10)))
      halves.training.append(Array(words.dropFirst(10)))
    }
    return halves
  }

  private static func quintets(_ words: [[String]], _ count: Int, stream: String) -> [JSON] {
    var generator = SeededGenerator(seed: 1, stream: "odd-one-out/" + stream)
    var seen = Set<[String]>()
    var examples: [JSON] = []
    while examples.count < count {
      let common = generator.below(words.count)
      let other = generator.below(words.count)
      let names = [Categories.all[common].name, Categories.all[other].name]
      guard common != other,
        !Categories.close.contains(where: { names == [$0.0, $0.1] || names == [$0.1, $0.0] })
      else { continue }
      var items = words[common]
      generator.shuffle(&items)
      items = Array(items.prefix(4))
      let odd = words[other][generator.below(words[other].count)]
      guard seen.insert(items.sorted() + [odd]).inserted else { continue }
      // The position goes round, so that every label is equally frequent.
      let position = examples.count % 5
      items.insert(odd, at: position)
      examples.append(
        .members(["words": .strings(items), "answer": .integer(position + 1)]))
    }
    generator.shuffle(&examples)
    return examples
  }
}
