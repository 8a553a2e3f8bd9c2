package import Statistics

/// The accuracies of formats on all examples by the response model, from any answers.
///
/// Where formats were asked different examples, raw means compare hard examples with easy ones; the
/// ``ResponseModel`` corrects for it and draws formats with few answers towards the others.
package enum ModelledAccuracy {
  /// One accuracy (0 to 1) for each arm.
  ///
  /// - Parameters:
  ///   - matrix: The answers.
  ///   - atoms: For each arm the value of each attribute as a number from 0; empty without atoms.
  /// - Returns: The posterior means; an arm that was asked everything has its own mean.
  package static func all(_ matrix: ResponseMatrix, atoms: [[Int]]) -> [Double] {
    var model = ResponseModel(arms: matrix.arms, examples: matrix.examples, atoms: atoms)
    for arm in 0..<matrix.arms {
      for (example, answer) in matrix.row(arm).enumerated()
      where answer != ResponseMatrix.missing {
        model.add(arm: arm, example: example, answer: answer)
      }
    }
    model.startAtOverallRate()
    model.fit(passes: 40)
    let flattenings = model.flattenings
    return (0..<matrix.arms).map { arm in
      matrix.isComplete(arm)
        ? matrix.mean(arm) ?? 0 : model.accuracy(arm: arm, flattenings: flattenings).mean
    }
  }
}
