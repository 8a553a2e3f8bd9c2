/// ProSA's sensitivity of answers to the prompt (Zhuo et al., 2024), for right and wrong answers.
///
/// The mean over examples of the share of pairs of formats whose answers differ,
/// `2·T·(K−T) / (K·(K−1))` with T right answers among the K formats that answered the example. Zero
/// means that the format never matters; the largest value is about one half, so compare studies with
/// different K only after multiplying by (K−1)/K.
package enum PromptSensiScore {
  /// The score over examples that at least two formats answered; nil when there is none.
  package static func value(_ matrix: ResponseMatrix) -> Double? {
    var sum = 0.0
    var count = 0
    for example in 0..<matrix.examples {
      var right = 0
      var answered = 0
      for arm in 0..<matrix.arms where matrix[arm, example] != ResponseMatrix.missing {
        right += Int(matrix[arm, example])
        answered += 1
      }
      guard answered > 1 else { continue }
      sum += 2 * Double(right * (answered - right)) / Double(answered * (answered - 1))
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }
}
