import Prompts
import Runs

/// The answered cells of one task in a few arrays, so that a million of them fit in some dozen megabytes.
///
/// Cells are numbered in the order in which they were added. Texts are kept once; all cells have places
/// for the scores of as many options.
struct AnswerList: Sendable {
  private(set) var formats: [Int32] = []
  /// Positions in the task's file.
  private(set) var examples: [Int32] = []
  /// 1 right, 0 wrong, 2 unknown.
  private(set) var correct: [UInt8] = []
  /// Positions of the options answered; negative for none.
  private(set) var choices: [Int16] = []
  /// The numbers of the answers in `texts`; negative for none.
  private(set) var predictions: [Int32] = []
  /// The different answers of all cells.
  private(set) var texts: [String] = []
  /// How many options have scores in each cell.
  private(set) var scored: [UInt16] = []

  private var numbers: [String: Int32] = [:]
  /// The most options that any cell has scores of.
  private var width = 0
  private var logProbabilities: [Double] = []
  private var tokens: [Int32] = []
  private var bytes: [Int32] = []
  private var censored: [Bool] = []

  init() {}

  init(_ records: some Sequence<EvaluationRecord>) {
    for record in records { add(record) }
  }

  var count: Int { formats.count }
  var indices: Range<Int> { formats.indices }
  var isEmpty: Bool { formats.isEmpty }

  /// Adds what a record says, in place of nothing: a cell may come twice.
  mutating func add(_ record: EvaluationRecord) {
    formats.append(Int32(clamping: record.format))
    examples.append(Int32(clamping: record.example))
    correct.append(record.isCorrect.map { $0 ? 1 : 0 } ?? 2)
    choices.append(record.choice.map { Int16(clamping: $0) } ?? -1)
    predictions.append(record.prediction.map { number($0) } ?? -1)
    scored.append(UInt16(clamping: record.scores.count))
    if record.scores.count > width { widen(record.scores.count) }
    for place in 0..<width {
      let score = place < record.scores.count ? record.scores[place] : nil
      logProbabilities.append(score?.logProbability ?? .nan)
      tokens.append(Int32(clamping: score?.tokens ?? 0))
      bytes.append(Int32(clamping: score?.bytes ?? 0))
      censored.append(record.censored.contains(place))
    }
  }

  /// The answer's text; nil where there is none.
  func text(_ cell: Int) -> String? { predictions[cell] < 0 ? nil : texts[Int(predictions[cell])] }

  /// The position of the option answered; nil where there is none.
  func choice(_ cell: Int) -> Int? { choices[cell] < 0 ? nil : Int(choices[cell]) }

  func isCensored(_ cell: Int, _ option: Int) -> Bool { censored[cell * width + option] }

  /// Whether the score of some option is a bound only.
  func hasCensored(_ cell: Int) -> Bool {
    censored[(cell * width)..<((cell + 1) * width)].contains(true)
  }

  /// The score of an option, one of the `scored` first ones of the cell.
  func score(_ cell: Int, _ option: Int) -> Ranking.Option {
    let place = cell * width + option
    return Ranking.Option(
      logProbability: logProbabilities[place], tokens: Int(tokens[place]),
      bytes: Int(bytes[place]))
  }

  private mutating func number(_ text: String) -> Int32 {
    if let known = numbers[text] { return known }
    let number = Int32(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }

  /// Makes room for more options in every cell; tasks have the same number everywhere, or nearly.
  private mutating func widen(_ wider: Int) {
    let cells = formats.count - 1
    func spread<Value>(_ values: [Value], _ fill: Value) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(cells * wider)
      for cell in 0..<cells {
        result += values[(cell * width)..<((cell + 1) * width)]
        for _ in width..<wider { result.append(fill) }
      }
      return result
    }
    logProbabilities = spread(logProbabilities, .nan)
    tokens = spread(tokens, 0)
    bytes = spread(bytes, 0)
    censored = spread(censored, false)
    width = wider
  }
}
