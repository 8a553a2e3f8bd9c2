import Basics
import Statistics
import Testing

struct ResponseMatrixTests {
  @Test func `sums follow every change of a cell`() {
    var matrix = ResponseMatrix(arms: 2, examples: 3)
    #expect(matrix.mean(0) == nil)
    matrix[0, 1] = 1
    matrix[0, 2] = 0
    #expect(matrix.mean(0) == 0.5)
    matrix[0, 2] = 1
    matrix[0, 1] = ResponseMatrix.missing
    #expect(matrix.mean(0) == 1)
    #expect(matrix.trials == [1, 0])
    #expect(matrix.answered == 1)
    #expect(!matrix.isComplete)
    #expect(matrix.spread == nil)
  }

  @Test func `the spread of a complete matrix is highest minus lowest`() {
    #expect(ResponseMatrix(rows: [[1, 1, 0, 1], [0, 1, 0, 0], [1, 0, 0, 1]]).spread == 0.5)
  }

  @Test func `reordering and selecting keep the answers`() {
    let matrix = ResponseMatrix(rows: [[1, 0, 2], [0, 1, 1]])
    #expect(Array(matrix.reordered([2, 0, 1]).row(0)) == [2, 1, 0])
    #expect(matrix.reordered([2, 0, 1]).successes == matrix.successes)
    #expect(matrix.selecting([1]) == ResponseMatrix(rows: [[0, 1, 1]]))
  }

  @Test func `comma-separated text is read with missing cells`() throws {
    let matrix = try ResponseMatrix(csv: "1,0,\r\n0,,1\n\n", file: "m.csv")
    #expect(matrix == ResponseMatrix(rows: [[1, 0, 2], [0, 2, 1]]))
  }

  @Test(arguments: [
    ("1,0\n1,x\n", "m.csv:2: cell 2 is 'x'; 0, 1 or nothing (missing) is expected"),
    ("1,0\n1\n", "m.csv:2: 1 cells, but the lines above have 2"),
    ("\n", "m.csv: no rows; one line of 0 and 1 for each format is expected"),
  ])
  func `a bad matrix is refused with its place`(_ text: String, _ message: String) {
    #expect(throws: InputError(message)) { try ResponseMatrix(csv: text, file: "m.csv") }
  }
}
