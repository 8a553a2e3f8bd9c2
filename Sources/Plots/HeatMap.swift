/// Right and wrong answers of all formats (rows) on all examples (columns) as a picture.
package struct HeatMap: Sendable, Hashable {
  /// The state of a cell.
  package enum Cell: UInt8, Sendable {
    case wrong
    case right
    case missing
    case failed
  }

  package let rows: Int
  package let columns: Int
  /// One byte a pixel: a step from wrong (0) to right (`steps`), or one of the two beyond.
  private let pixels: [UInt8]
  /// Cells of the grid that one pixel stands for, down and across.
  package let block: (rows: Int, columns: Int)

  private static let steps: UInt8 = 16
  private static let missing: UInt8 = 17
  private static let failed: UInt8 = 18

  /// The colour of wrong and right answers and of failed cells, on light and dark ground alike.
  package static let wrong = Color(0xF2C879)
  package static let right = Color(0x0072B2)
  package static let failure = Color(0xCC79A7)

  /// A picture of a grid, each pixel the mean of a block of cells where the grid is large.
  ///
  /// - Parameters:
  ///   - cells: `rows` × `columns`, row by row, in the order shown.
  ///   - rows: Formats.
  ///   - columns: Examples.
  ///   - mostRows: Pixels at most, down.
  ///   - mostColumns: Pixels at most, across.
  package init(
    cells: [Cell], rows: Int, columns: Int, mostRows: Int = 500, mostColumns: Int = 1000
  ) {
    precondition(cells.count == rows * columns, "a grid has all of its cells")
    let down = max(1, (rows + mostRows - 1) / mostRows)
    let across = max(1, (columns + mostColumns - 1) / mostColumns)
    block = (down, across)
    self.rows = (rows + down - 1) / down
    self.columns = (columns + across - 1) / across
    var pixels: [UInt8] = []
    pixels.reserveCapacity(self.rows * self.columns)
    for top in stride(from: 0, to: rows, by: down) {
      for left in stride(from: 0, to: columns, by: across) {
        var counts = (wrong: 0, right: 0, failed: 0)
        for row in top..<min(rows, top + down) {
          for column in left..<min(columns, left + across) {
            switch cells[row * columns + column] {
            case .wrong: counts.wrong += 1
            case .right: counts.right += 1
            case .failed: counts.failed += 1
            case .missing: break
            }
          }
        }
        pixels.append(Self.pixel(counts))
      }
    }
    self.pixels = pixels
  }

  private static func pixel(_ counts: (wrong: Int, right: Int, failed: Int)) -> UInt8 {
    let answered = counts.wrong + counts.right
    if answered == 0 { return counts.failed > 0 ? failed : missing }
    let share = Double(counts.right) / Double(answered)
    return UInt8((share * Double(steps)).rounded())
  }

  /// The picture as a `data:` address.
  package var address: String {
    var palette: [Color?] = (0...Self.steps).map {
      Self.wrong.mixed(with: Self.right, Double($0) / Double(Self.steps))
    }
    palette += [nil, Self.failure]
    let file = PNG.indexed(pixels, width: max(1, columns), height: max(1, rows), palette: palette)
    return "data:image/png;base64," + Base64.text(file)
  }

  /// The picture with words around it.
  package func drawing(width: Double, title: String, summary: String) -> Drawing {
    let side = width - 32
    let height = min(max(Double(rows) * 3, 120), 420)
    var canvas = Canvas()
    canvas.label("formats, lowest accuracy at the top", 0, 16, .start, "mu")
    canvas.picture(address, 16, 28, side, height)
    canvas.label(
      "examples, from hard to easy", 16 + side / 2, height + 48, .middle, "mu")
    canvas.swatch("right", Self.right, 16, height + 66)
    canvas.swatch("wrong", Self.wrong, 90, height + 66)
    canvas.swatch("failed", Self.failure, 170, height + 66)
    return Drawing(
      width: width, height: height + 76, title: title, summary: summary, canvas: canvas)
  }

  package static func == (a: HeatMap, b: HeatMap) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.pixels == b.pixels
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(pixels) }
}
