/// What a run does where its options are left out.
enum RunDefaults {
  static let formats = 100
  static let shots = 1
  /// Examples set aside as demonstrations, as in the released code of the paper.
  static let pool = 10
  /// Evaluated examples at most, as in the paper.
  static let examples = 1_000
  static let batch = 20
  static let maxTokens = 32
}
