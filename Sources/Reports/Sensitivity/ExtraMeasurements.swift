import Basics
import Runs
import Sensitivity

/// What was measured beside the answers (`--posix`, `--embed`), of a run or of one of its tasks.
struct ExtraMeasurements: Sendable {
  var likelihoods: [CrossScore] = []
  var embeddings: [PromptEmbedding] = []
  /// The tokens that a generated response may have; nil where options are ranked.
  var length: Int?

  static let none = ExtraMeasurements()

  private init() {}

  /// Reads all of a run; nothing where nothing was measured.
  ///
  /// - Throws: `InputError` for a file of another study or a damaged one.
  init(_ directory: RunDirectory, digest: String) throws(InputError) {
    likelihoods = try CrossScore.read(directory, digest: digest)
    embeddings = try PromptEmbedding.read(directory, digest: digest)
  }

  /// What belongs to one task.
  func of(_ task: String, scoring: Scoring) -> ExtraMeasurements {
    var own = ExtraMeasurements()
    own.likelihoods = likelihoods.filter { $0.task == task }
    own.embeddings = embeddings.filter { $0.task == task }
    if case .generate(_, let maxTokens) = scoring { own.length = maxTokens }
    return own
  }

  /// The representations, by the columns of a grid.
  func points(_ columns: [Int], formats: Int) -> [Separability.Point] {
    embeddings.compactMap { one in
      guard one.example < columns.count, columns[one.example] >= 0, one.format < formats else {
        return nil
      }
      return Separability.Point(
        format: one.format, example: columns[one.example], vector: one.vector)
    }
  }
}
