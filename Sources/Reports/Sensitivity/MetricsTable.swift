package import Sensitivity

extension Metrics {
  /// The figures and the most telling tables as text.
  ///
  /// - Parameters:
  ///   - explains: Whether each figure is followed by a sentence on what it means.
  ///   - width: The terminal's columns.
  ///   - fits: Whether no line may be wider.
  ///   - example: The number of an example, as the task's file counts them.
  ///   - answer: The text of an answer to an example of the grid.
  /// - Returns: Lines without newlines.
  package func lines(
    explains: Bool, width: Int, fits: Bool, example: (Int) -> Int,
    answer: (Int32, Int) -> String
  ) -> [String] {
    let room = fits ? width : nil
    var lines = FigureTable.lines(groups, explains: explains, width: width, fits: fits)
    if let confidence {
      lines += ["", "Confidence by sensitivity of the example"]
      lines += FigureTable.table(
        [["PSS", "examples", "mean PSS", "confidence", "95 %"]]
          + confidence.bins.map {
            [
              $0.name, "\($0.examples)", FigureTable.number($0.sensitivity),
              FigureTable.text($0.confidence.value, .share), FigureTable.interval($0.confidence),
            ]
          }, width: room)
    }
    if !consistency.isEmpty {
      lines += ["", "Consistency by right answer"]
      lines += FigureTable.table(
        [["answer", "examples", "consistency", "95 %"]]
          + consistency.map {
            [
              VisibleText.name($0.name), "\($0.examples)",
              FigureTable.text($0.figure.value, .number), FigureTable.interval($0.figure),
            ]
          }, width: room)
    }
    for (title, bias) in [("right answer", bias), ("label of the right answer", labelBias)] {
      guard let bias else { continue }
      lines += ["", "Recall by \(title)"]
      lines += FigureTable.table(
        [["answer", "cells", "recall", "95 %", "given"]]
          + bias.lines.prefix(12).map {
            [
              VisibleText.name($0.name), grouped($0.cells),
              FigureTable.text($0.recall.value, .share), FigureTable.interval($0.recall),
              percent($0.chosen),
            ]
          }, width: room)
    }
    if !flips.isEmpty {
      lines += ["", "Examples whose answer the format flips most (of \(flips.count))"]
      lines += FigureTable.table(
        [["example", "own format", "most others", "flipped"]]
          + flips.prefix(5).map { flip in
            [
              "\(example(flip.example))", VisibleText.name(answer(flip.original, flip.example)),
              VisibleText.name(answer(flip.usual, flip.example)),
              "\(flip.flipped) of \(flip.compared)",
            ]
          }, leftColumns: 3, names: [1, 2], width: room)
    }
    return lines
  }
}
