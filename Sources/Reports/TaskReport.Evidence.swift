import Basics
import Estimation
import Prompts
import Runs
import Statistics

extension TaskReport {
  /// Draws all figures from the evidence.
  init(_ evidence: TaskEvidence) throws(InputError) {
    let searched = try evidence.searched()
    let formats = evidence.formats.map { evidence.result($0) }
    let compared = Self.compared(formats, examples: evidence.examples.count, evidence.study.search)
    self.name = evidence.name
    self.search = evidence.study.search
    self.formats = formats
    examples = evidence.examples.count
    unlabelled = evidence.unlabelled
    evaluations = evidence.cells.count { $0.state != .missing }
    missing = searched.missing
    failures = Self.failures(evidence)
    if evidence.study.search == .full {
      lowest = Self.extreme(compared, isLowest: true)
      highest = Self.extreme(compared, isLowest: false)
    } else {
      let ends = Self.ends(searched.picks, formats, examples: evidence.examples.count)
      lowest = ends?.lowest
      highest = ends?.highest
    }
    let estimates = evidence.estimates(compared)
    distribution =
      estimates.map { Distribution(accuracies: $0, medianInterval: nil) } ?? Distribution(compared)
    let accuracies = estimates ?? compared.compactMap(\.accuracy)
    originalRank = compared.firstIndex { $0.index == 0 }.flatMap {
      Quantiles.percentileRank(of: accuracies[$0], in: accuracies)
    }
    normalizations = evidence.normalizations()
    guarantees = evidence.guarantees(compared.map(\.index))
    let isComparable = evidence.study.search == .full || evidence.study.search == .uniform
    test =
      searched.missing == 0 && isComparable
      ? evidence.test(compared.map(\.index)) : nil
    effect = test == nil ? nil : evidence.effect(compared.map(\.index))
    stopped = searched.stopped
    confidence = evidence.study.inference.level
    grammar = GrammarStatement(
      formats, examples: examples, wanted: evidence.study.formats,
      isUniform: evidence.study.design == .random
        && !evidence.study.axes.choices.contains(where: \.isSwept),
      confidence: confidence)
    estimate = evidence.study.inference.estimatesDistribution ? evidence.distribution() : nil
    answers = evidence.answers
    exampleNumbers = evidence.examples
  }

  /// The formats whose accuracies are set side by side.
  ///
  /// In a full search those with answers on at least half of the examples: an unfinished run or a
  /// run with failures has formats with a handful of answers, whose accuracy says nothing.
  private static func compared(
    _ formats: [FormatResult], examples: Int, _ search: SearchKind
  ) -> [FormatResult] {
    let answered = formats.filter { $0.asked > 0 }
    guard search == .full else { return answered }
    let solid = answered.filter { 2 * $0.asked >= examples }
    return solid.isEmpty ? answered : solid
  }

  /// The first format at one end, by raw accuracy.
  private static func extreme(_ results: [FormatResult], isLowest: Bool) -> Extreme? {
    let accuracies = results.compactMap(\.accuracy)
    guard let extremes = Quantiles.extremes(of: accuracies) else { return nil }
    let places = isLowest ? extremes.lowest : extremes.highest
    guard let first = places.first else { return nil }
    return Extreme(
      result: results[first], estimate: accuracies[first], sharedBy: places.count,
      pick: results[first].index)
  }

  /// The formats that a search names, unless one that was asked every example lies beyond them.
  ///
  /// A search names its formats before it has asked them everything, and the task's own format is
  /// often asked everything too: on these examples its accuracy is known, and the range includes it.
  private static func ends(
    _ picks: SearchPicks?, _ formats: [FormatResult], examples: Int
  ) -> (lowest: Extreme, highest: Extreme)? {
    guard let picks else { return nil }
    var lowest = Extreme(
      result: formats[picks.lowest], estimate: picks.lowestAccuracy, sharedBy: 1,
      pick: picks.lowest)
    var highest = Extreme(
      result: formats[picks.highest], estimate: picks.highestAccuracy, sharedBy: 1,
      pick: picks.highest)
    for result in formats where result.asked == examples {
      guard let accuracy = result.accuracy else { continue }
      if accuracy < lowest.estimate {
        lowest = Extreme(result: result, estimate: accuracy, sharedBy: 1, pick: picks.lowest)
      }
      if accuracy > highest.estimate {
        highest = Extreme(result: result, estimate: accuracy, sharedBy: 1, pick: picks.highest)
      }
    }
    return (lowest, highest)
  }

  private static func failures(_ evidence: TaskEvidence) -> [Failure] {
    var counts: [String: Int] = [:]
    for message in evidence.failures.values { counts[message, default: 0] += 1 }
    return counts.map { Failure(message: $0.key, count: $0.value) }.sorted { a, b in
      a.count != b.count
        ? a.count > b.count : a.message.utf8.lexicographicallyPrecedes(b.message.utf8)
    }
  }
}

extension TaskEvidence {
  func result(_ format: FormatLine) -> FormatResult {
    let cells = cells(format.index)
    return FormatResult(
      format: format, right: answers.successes[format.index], asked: answers.trials[format.index],
      failed: cells.count { $0.state == .failed },
      ties: cells.count { $0.isTied }, confidence: study.inference.level,
      sequence: study.fixesSizes
        ? nil : FormatSequence(format.index, in: answers, confidence: study.inference.level))
  }

  /// Accuracies by the search's model of formats and examples, for a search that asks formats unequally; nil for others.
  ///
  /// Raw accuracies of few answers are lucky or unlucky: their median and quartiles would lie
  /// outside of the range.
  func estimates(_ compared: [FormatResult]) -> [Double]? {
    guard study.search != .full, study.search != .uniform else { return nil }
    let settings = SearchSettings(study, formats: formats, examples: examples.count)
    let accuracies = ModelledAccuracy.all(answers, atoms: settings.atoms)
    return compared.map { accuracies[$0.index] }
  }

  /// The spread's intervals for each target; examples stand in the order in which they are asked.
  func guarantees(_ compared: [Int]) -> [SpreadInterval] {
    guard compared.count > 1 else { return [] }
    let matrix = answers.selecting(compared)
    return IntervalTarget.allCases.map {
      SpreadInterval(matrix, confidence: study.inference.level, target: $0)
    }
  }

  /// The test on all answers of the `compared` formats.
  ///
  /// Nil for fewer than two formats, and when failures leave less than half of what they were asked.
  func test(_ compared: [Int]) -> FormatTest? {
    guard compared.count > 1 else { return nil }
    let matrix = answers.selecting(compared)
    let asked = compared.map { answers.trials[$0] }.max() ?? 0
    guard 2 * matrix.answered >= compared.count * asked else { return nil }
    var generator = SeededGenerator(seed: study.seed, stream: "noise-only spread of \(name)")
    guard
      let noise = NoiseSpread(matrix.droppingUnanswered, using: &generator)
    else { return nil }
    return FormatTest(cochran: CochranQ(matrix, seed: study.seed), noise: noise)
  }

  /// Format and noise on the examples that all `compared` formats answered; nil when those are less
  /// than half of what they were asked.
  func effect(_ compared: [Int]) -> FormatEffect? {
    let shared = examples.indices.filter { position in
      compared.allSatisfy { answers[$0, position] != ResponseMatrix.missing }
    }
    let asked = compared.map { answers.trials[$0] }.max() ?? 0
    guard 2 * shared.count >= asked else { return nil }
    let matrix = ResponseMatrix(
      rows: compared.map { format in shared.map { answers[format, $0] } })
    return FormatEffect(matrix, seed: study.seed, name: name)
  }

  /// The distribution of accuracy over formats by the model of formats and examples.
  func distribution() -> AccuracyDistribution? {
    let settings = SearchSettings(study, formats: formats, examples: examples.count)
    return AccuracyDistribution(answers, atoms: settings.atoms, seed: study.seed)
  }

  /// The accuracy under each normalization of the recorded scores.
  ///
  /// A record names the option that was chosen and whether it was right, so the right option of an
  /// example is known as soon as one format found it, or all others were found wrong.
  func normalizations() -> [NormalizationResult] {
    let scored = cells.indices.filter { cells[$0].choice >= 0 }
    guard !scored.isEmpty, unlabelled == 0 else { return [] }
    var known = [KnownAnswer](repeating: KnownAnswer(), count: examples.count)
    for index in scored {
      let example = index % examples.count
      let isCorrect = answers[index / examples.count, example] == 1
      known[example].learn(cells[index], isCorrect: isCorrect)
    }
    return Normalization.allCases.map { normalization in
      var right = 0
      var unresolved = 0
      var isUsed = true
      for index in scored {
        let choice = cells[index].choice(by: normalization)
        if choice != cells[index].choice { isUsed = false }
        switch known[index % examples.count].isRight(choice) {
        case true?: right += 1
        case false?: break
        case nil: unresolved += 1
        }
      }
      return NormalizationResult(
        name: normalization.rawValue, right: right, asked: scored.count, unresolved: unresolved,
        isUsed: isUsed)
    }
  }
}

/// What the records of one example tell about its right option.
private struct KnownAnswer {
  private var right: Int16?
  private var wrong: Set<Int16> = []

  mutating func learn(_ cell: CellEvidence, isCorrect: Bool) {
    guard right == nil else { return }
    if isCorrect {
      right = cell.choice
      return
    }
    guard wrong.insert(cell.choice).inserted else { return }
    let open = (0..<cell.options).filter { !wrong.contains($0) }
    if open.count == 1 { right = open.first }
  }

  func isRight(_ choice: Int16) -> Bool? {
    if let right { return choice == right }
    return wrong.contains(choice) ? false : nil
  }
}
