/// A straight mapping from values to places in a drawing, with ticks at round values.
package struct LinearScale: Sendable, Hashable {
  package let domain: ClosedRange<Double>
  /// Where the ends of the domain lie; the second may be the smaller one, as on a vertical axis.
  package let start: Double
  package let end: Double

  /// - Parameters:
  ///   - domain: The values shown; one of no width is widened by a half either way.
  ///   - start: The place of its lower end.
  ///   - end: The place of its upper end.
  package init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    self.domain =
      domain.lowerBound < domain.upperBound
      ? domain : (domain.lowerBound - 0.5)...(domain.upperBound + 0.5)
    self.start = start
    self.end = end
  }

  /// The place of a value; values outside of the domain lie at its ends.
  package func callAsFunction(_ value: Double) -> Double {
    let inside = min(max(value, domain.lowerBound), domain.upperBound)
    let share = (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + (end - start) * share
  }

  /// Round values inside the domain, about `count` of them.
  package func ticks(about count: Int) -> [Double] { Ticks(domain, about: count).values }
}

/// Round values that divide an axis: steps of 1, 2 or 5 times a power of ten.
package struct Ticks: Sendable, Hashable {
  package let values: [Double]
  package let step: Double
  /// Decimals that tell neighbouring ticks apart.
  package let decimals: Int

  /// The ticks inside `domain` with the step that gives the number closest below or at `count` + 1.
  ///
  /// - Parameters:
  ///   - domain: A finite range with a width above 0.
  ///   - count: At least 1.
  package init(_ domain: ClosedRange<Double>, about count: Int) {
    let wanted = (domain.upperBound - domain.lowerBound) / Double(max(1, count))
    let (step, exponent) = Self.roundStep(atLeast: wanted)
    self.step = step
    decimals = max(0, -exponent)
    // Multiples are counted in whole numbers, so that no rounding errors add up.
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    values =
      first <= last
      ? (0...Int(last - first)).map { (first + Double($0)) * step + 0 } : []
  }

  /// The smallest of 1, 2, 5, 10, 20 … (or 0.5, 0.2, 0.1 …) that is at least `wanted`.
  static func roundStep(atLeast wanted: Double) -> (step: Double, exponent: Int) {
    guard wanted > 0, wanted.isFinite else { return (1, 0) }
    var exponent = 0
    var power = 1.0
    while power * 10 <= wanted * (1 + 1e-9) {
      exponent += 1
      power = power10(exponent)
    }
    while power > wanted * (1 + 1e-9) {
      exponent -= 1
      power = power10(exponent)
    }
    for factor in [1.0, 2, 5] where factor * power >= wanted * (1 - 1e-9) {
      return (factor * power, exponent)
    }
    return (power10(exponent + 1), exponent + 1)
  }

  private static func power10(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  /// The domain widened to the next ticks, about `count` of them, but not beyond `limits`.
  package static func rounded(
    _ domain: ClosedRange<Double>, about count: Int, within limits: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let width = max(domain.upperBound - domain.lowerBound, 1e-6)
    let (step, _) = roundStep(atLeast: width / Double(max(1, count)))
    let lower = ((domain.lowerBound / step + 1e-9).rounded(.down)) * step
    let upper = ((domain.upperBound / step - 1e-9).rounded(.up)) * step
    let inside = max(lower, limits.lowerBound)...max(lower, min(upper, limits.upperBound))
    return inside.lowerBound < inside.upperBound ? inside : limits
  }
}

/// Places labels on a line so that none covers another.
package enum LabelPlacement {
  /// Moves labels apart as little as possible, keeping their order.
  ///
  /// Labels that would touch are joined into a block around the mean of where they want to be
  /// (pooling adjacent violators, the least-squares solution), and blocks are pushed inside of `limits`.
  ///
  /// - Parameters:
  ///   - wanted: The wanted middle of each label, in any order.
  ///   - size: What each label takes along the line.
  ///   - limits: Where the labels' outer ends may lie; too narrow a range is overrun at its end.
  /// - Returns: The middle of each label, in the order of `wanted`.
  package static func spread(
    _ wanted: [Double], size: Double, within limits: ClosedRange<Double>
  ) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // With every label moved back by its rank times the size, touching becomes a wrong order.
    var blocks: [(sum: Double, count: Int)] = []
    for (rank, index) in order.enumerated() {
      blocks.append((wanted[index] - Double(rank) * size, 1))
      while blocks.count > 1,
        blocks[blocks.count - 2].sum * Double(blocks[blocks.count - 1].count)
          > blocks[blocks.count - 1].sum * Double(blocks[blocks.count - 2].count)
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    let least = limits.lowerBound + size / 2
    let most = max(least, limits.upperBound - size / 2 - Double(max(0, order.count - 1)) * size)
    var places = wanted
    var rank = 0
    for block in blocks {
      let base = min(max(block.sum / Double(block.count), least), most)
      for _ in 0..<block.count {
        places[order[rank]] = base + Double(rank) * size
        rank += 1
      }
    }
    return places
  }
}
