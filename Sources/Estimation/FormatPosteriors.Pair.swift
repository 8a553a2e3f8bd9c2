import Statistics

extension FormatPosteriors {
  /// How far the model's difference of two formats may be off on examples that they were not asked, as a
  /// standard deviation in fractions of 1.
  ///
  /// A search that asks each format what tells most of it sees no random sample, and what the model infers
  /// of the rest from that is only as good as the model.
  private static let doubt = 0.1

  /// What is to be said of two formats that a search names.
  ///
  /// Two estimates of their difference are weighed by their variances: that of the model, and the mean of
  /// paired differences on the examples that both have without a gap from the beginning of the random
  /// order, which need no model. The variance of the latter is that of a mean without replacement, with one
  /// discordant example added to those seen, so that a few equal answers are no proof.
  ///
  /// - Parameters:
  ///   - lowest: The format with the lowest accuracy, by the search.
  ///   - highest: The one with the highest.
  ///   - answers: Those that the posteriors come from; columns stand in the random order.
  /// - Returns: The pair with its accuracies from 0 to 1.
  func report(lowest: Int, highest: Int, answers: ResponseMatrix) -> SearchPicks {
    var low = mean(lowest)
    var high = mean(highest)
    let shared = min(answers.beginning(lowest).asked, answers.beginning(highest).asked)
    if shared > 0 {
      var sum = 0
      var discordant = 0
      for example in 0..<shared {
        let difference = Int(answers[highest, example]) - Int(answers[lowest, example])
        sum += difference
        discordant += abs(difference)
      }
      let n = Double(shared)
      let all = Double(answers.examples)
      let variance = (Double(discordant) + 1) / (n + 2) / n * (1 - n / all)
      let asked = Double(answers.trials[lowest] + answers.trials[highest]) / 2
      let doubt = Self.doubt * (1 - asked / all)
      if variance > 0 {
        let weight = doubt * doubt / (doubt * doubt + variance)
        // Paired answers may speak against the order, but not turn it round.
        let shift = max(weight * (Double(sum) / n - (high - low)), low - high) / 2
        low -= shift
        high += shift
      }
    }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: min(1, max(0, low)),
      highestAccuracy: min(1, max(0, high)))
  }
}
