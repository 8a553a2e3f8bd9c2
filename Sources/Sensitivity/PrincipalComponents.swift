import Basics

/// The directions in which vectors vary most, and the vectors along them.
///
/// Orthogonal iteration on the centred vectors (Golub and Van Loan, 2013, 8.2.4), started from seeded
/// normal vectors; a component's sign is arbitrary.
struct PrincipalComponents {
  /// For each vector its place along each component, the strongest component first.
  let places: [[Double]]
  /// The share of the whole variance along each component.
  let shares: [Double]

  /// - Parameters:
  ///   - vectors: At least two, of equal length.
  ///   - count: Components wanted; fewer come back where the vectors span fewer dimensions.
  init(_ vectors: [[Float]], count: Int) {
    let size = vectors.first?.count ?? 0
    var mean = [Double](repeating: 0, count: size)
    for vector in vectors {
      for (place, value) in vector.enumerated() { mean[place] += Double(value) }
    }
    for place in mean.indices { mean[place] /= Double(vectors.count) }
    let centred = vectors.map { vector in vector.indices.map { Double(vector[$0]) - mean[$0] } }
    let total = centred.reduce(0.0) { $0 + Self.dot($1, $1) }
    let wanted = total > 0 ? min(count, size, vectors.count - 1) : 0
    var generator = SeededGenerator(seed: 0, stream: "principal components")
    var axes = (0..<wanted).map { _ in (0..<size).map { _ in generator.normal() } }
    Self.orthonormalise(&axes)
    for _ in 0..<60 {
      for index in axes.indices {
        var next = [Double](repeating: 0, count: size)
        for vector in centred {
          let along = Self.dot(vector, axes[index])
          for place in next.indices { next[place] += along * vector[place] }
        }
        axes[index] = next
      }
      Self.orthonormalise(&axes)
    }
    let along = axes.map { axis in centred.map { Self.dot($0, axis) } }
    let variances = along.map { Self.dot($0, $0) }
    let order = axes.indices.sorted { variances[$0] > variances[$1] }
      .filter { variances[$0] > 1e-12 * total }
    places = vectors.indices.map { vector in order.map { along[$0][vector] } }
    shares = order.map { variances[$0] / total }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  /// Gram and Schmidt, twice for exactness; a vector that the others span becomes zero.
  private static func orthonormalise(_ axes: inout [[Double]]) {
    for index in axes.indices {
      for _ in 0..<2 {
        for other in 0..<index {
          let along = dot(axes[index], axes[other])
          for place in axes[index].indices { axes[index][place] -= along * axes[other][place] }
        }
      }
      let length = dot(axes[index], axes[index]).squareRoot()
      for place in axes[index].indices {
        axes[index][place] = length > 1e-150 ? axes[index][place] / length : 0
      }
    }
  }
}
