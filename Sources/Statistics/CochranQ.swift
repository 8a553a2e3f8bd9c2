/// Cochran's Q test of whether formats differ in accuracy on the same examples.
///
/// `Q = (K−1)(K·ΣC² − G²) / (K·G − ΣT²)` with C the right answers of each of K formats, T those of
/// each example and G their total (Cochran, 1950). Examples on which all formats agree do not change
/// Q. Where answers are missing the statistic is that of Cochran, Mantel and Haenszel for general
/// association with the examples as strata (Landis, Heyman and Koch, 1978), which is Q on a complete
/// grid: `d' V⁻ d` with d the right answers of each format less those expected if the answers of every
/// example had been dealt at random to the formats that answered it, and V the variance of d. It needs
/// nothing to be imputed, and supposes that what was asked did not depend on the answers.
///
/// The p-value is exact where all ways to deal the answers can be counted, the chi-square
/// approximation where the grid is large enough for it (four informative examples and 24 answers on
/// them; Tate and Brown, 1970), and otherwise from random dealings.
package struct CochranQ: Sendable, Hashable {
  /// How the p-value was found.
  package enum Method: String, Sendable, Hashable, CaseIterable {
    case exact = "exact permutation distribution"
    case chiSquare = "chi-square approximation"
    case dealt = "random permutations"
  }

  /// Q; 0 where it is undefined because all formats agree on every example.
  package let statistic: Double
  package let degreesOfFreedom: Int
  /// From 0 to 1; 1 where Q is undefined.
  package let pValue: Double
  package let method: Method
  /// Examples that at least two formats answered.
  package let examples: Int
  /// Those among them on which the formats do not all agree.
  package let informativeExamples: Int
  /// Whether every format answered every one of them.
  package let isComplete: Bool

  /// Random dealings where neither of the other methods will do.
  private static let dealings = 9_999

  /// The test over all answers.
  ///
  /// - Parameters:
  ///   - matrix: The answers; formats without any take no part.
  ///   - seed: Fixes the random dealings.
  package init(_ matrix: ResponseMatrix, seed: UInt64 = 0) {
    let strata = AnswerStrata(matrix)
    let informative = strata.informative
    examples = strata.examples
    informativeExamples = informative.count
    isComplete = strata.isComplete
    guard !informative.isEmpty else {
      statistic = 0
      degreesOfFreedom = max(0, strata.arms - 1)
      pValue = 1
      method = .exact
      return
    }
    let association = GeneralAssociation(arms: strata.arms, informative)
    let right = strata.right
    let observed = association.statistic(right)
    statistic = observed
    degreesOfFreedom = association.rank
    let answers = informative.reduce(0) { $0 + $1.answered.count }
    if strata.isComplete,
      let exact = DealtSquares.survival(
        of: right.reduce(0) { $0 + $1 * $1 }, arms: strata.arms,
        rightAnswers: informative.map(\.right.count))
    {
      pValue = exact
      method = .exact
    } else if informative.count >= 4, answers >= 24 {
      pValue = SpecialFunctions.chiSquareSurvival(
        observed, degreesOfFreedom: max(1, association.rank))
      method = .chiSquare
    } else {
      pValue = association.dealtP(
        observed, informative, dealings: Self.dealings, seed: seed)
      method = .dealt
    }
  }
}
