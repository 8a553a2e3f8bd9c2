import Basics

extension ComputedTask {
  /// Which of two numbers is larger: two fields and the fixed options `first` and `second`.
  ///
  /// Both numbers have two to five digits; in three of five examples equally many. Numbers that
  /// three divides are kept for training.
  static func numberComparison(count: Int = 400, trainingCount: Int = 900) -> ComputedTask {
    ComputedTask(
      name: "number-comparison",
      description: "Tell which of two whole numbers is larger.",
      instruction: "Compare the two numbers. Answer first or second.",
      template: "First: {first}\nSecond: {second}\nLarger: {answer}",
      options: .strings(["first", "second"]),
      examples: comparisons(count, stream: "evaluated") { $0 % 3 != 0 },
      training: comparisons(trainingCount, stream: "training") { $0 % 3 == 0 })
  }

  private static func comparisons(
    _ count: Int, stream: String, accepting accepts: (Int) -> Bool
  ) -> [JSON] {
    var generator = SeededGenerator(seed: 1, stream: "number-comparison/" + stream)
    var seen = Set<[Int]>()
    var examples: [JSON] = []
    while examples.count < count {
      let digits = 2 + generator.below(4)
      let same = generator.below(5) < 3
      var pair = [number(digits, &generator), number(same ? digits : digits + 1, &generator)]
      // The position of the larger number alternates, so that both answers are equally frequent.
      let largerFirst = examples.count.isMultiple(of: 2)
      if (pair[0] > pair[1]) != largerFirst { pair.swapAt(0, 1) }
      guard pair[0] != pair[1], pair.allSatisfy(accepts),
        seen.insert(pair.sorted()).inserted
      else { continue }
      examples.append(
        .members([
          "first": .string(String(pair[0])), "second": .string(String(pair[1])),
          "answer": .string(largerFirst ? "first" : "second"),
        ]))
    }
    generator.shuffle(&examples)
    return examples
  }

  /// A number of so many digits, at most five.
  private static func number(_ digits: Int, _ generator: inout SeededGenerator) -> Int {
    let lowest = [10, 100, 1000, 10_000][min(digits, 5) - 2]
    return lowest + generator.below(9 * lowest)
  }
}
