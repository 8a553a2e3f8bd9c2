/// What a sample of formats says about all plausible formats of the grammar.
///
/// For K independent formats with known accuracies, the share of the grammar whose accuracy lies
/// between the lowest and the highest of them is Beta(K−1, 2) distributed, whatever the accuracies'
/// distribution (Wilks, 1941; tolerance limits). It is about formats not sampled, and comes on top of
/// the uncertainty of each accuracy.
package enum GrammarCoverage {
  /// The share that lies between the sample's extremes with the given confidence.
  ///
  /// - Parameters:
  ///   - formats: Sampled formats, not negative.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: From 0 to 1; 0 for fewer than two formats. Ten formats give 0.606 at 95 %.
  package static func share(formats: Int, confidence: Double = 0.95) -> Double {
    formats < 2
      ? 0 : SpecialFunctions.betaQuantile(1 - confidence, Double(formats - 1), 2)
  }

  /// The fewest formats whose extremes enclose a share of the grammar with the given confidence.
  ///
  /// - Parameters:
  ///   - share: Strictly between 0 and 1.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: At least 2; a share of 0.95 at 95 % needs 93.
  package static func formats(share: Double, confidence: Double = 0.95) -> Int {
    precondition(share > 0 && share < 1, "a share lies strictly between 0 and 1")
    var enough = 2
    while self.share(formats: enough, confidence: confidence) < share { enough *= 2 }
    var tooFew = enough / 2
    while enough - tooFew > 1 {
      let middle = (enough + tooFew) / 2
      if self.share(formats: middle, confidence: confidence) < share {
        tooFew = middle
      } else {
        enough = middle
      }
    }
    return enough
  }

  /// Positions from 0 of two order statistics that enclose a quantile of the grammar.
  ///
  /// The number of formats below the `p`-quantile is Binomial(K, p); the symmetric choice of ranks is
  /// widened until their chance reaches the confidence.
  ///
  /// - Parameters:
  ///   - p: The quantile's probability, strictly between 0 and 1.
  ///   - formats: Sampled formats, positive.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: Positions in the sorted list; nil when even the extremes do not suffice.
  package static func ranks(
    quantile p: Double, formats: Int, confidence: Double = 0.95
  ) -> (lower: Int, upper: Int)? {
    precondition(formats > 0 && p > 0 && p < 1, "a quantile of a sample of formats")
    // P(rank a ≤ quantile ≤ rank b) = P(a < B ≤ b) in positions from 0.
    func atMost(_ count: Int) -> Double {
      if count < 0 { return 0 }
      if count >= formats { return 1 }
      return 1
        - SpecialFunctions.regularizedBeta(p, Double(count + 1), Double(formats - count))
    }
    let middle = min(formats - 1, Int(p * Double(formats)))
    var lower = middle
    var upper = middle
    while atMost(upper) - atMost(lower) < confidence {
      let canFall = lower > 0
      let canRise = upper < formats - 1
      guard canFall || canRise else { return nil }
      let fallGains = canFall ? atMost(lower) - atMost(lower - 1) : -1
      let riseGains = canRise ? atMost(upper + 1) - atMost(upper) : -1
      if fallGains >= riseGains { lower -= 1 } else { upper += 1 }
    }
    return (lower, upper)
  }
}
