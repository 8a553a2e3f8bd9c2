import Runs
package import Statistics

/// What the values of one attribute add to the accuracy or take away from it.
package struct AttributionGroup: Sendable, Hashable {
  package struct Value: Sendable, Hashable {
    package let name: String
    package let formats: Int
    /// The mean accuracy of formats with this value minus that of all, as a fraction of 1.
    package let difference: Double
    /// 95 % interval of the difference over formats.
    package let interval: Interval

    package init(name: String, formats: Int, difference: Double, interval: Interval) {
      self.name = name
      self.formats = formats
      self.difference = difference
      self.interval = interval
    }
  }

  package let attribute: String
  /// The value that takes away most first.
  package let values: [Value]

  package init(attribute: String, values: [Value]) {
    self.attribute = attribute
    self.values = values
  }

  /// Highest minus lowest difference.
  package var range: Double {
    (values.map(\.difference).max() ?? 0) - (values.map(\.difference).min() ?? 0)
  }

  /// Means by value for every attribute that has at least two, the one with the widest range first.
  ///
  /// Formats count equally. The interval is the normal approximation from the spread of accuracies
  /// within the values of the attribute (pooled), so it tells how firm a mean over so many formats is;
  /// attributes are looked at one by one, and a value may owe its mean to others that it fell
  /// together with.
  static func all(_ results: [FormatResult]) -> [AttributionGroup] {
    let formats = results.compactMap { result in result.accuracy.map { (result.format, $0) } }
    guard let first = formats.first?.0, formats.count > 2 else { return [] }
    let mean = formats.reduce(0) { $0 + $1.1 } / Double(formats.count)
    var groups: [AttributionGroup] = []
    for (place, atom) in first.atoms.enumerated() {
      var names: [String] = []
      var accuracies: [String: [Double]] = [:]
      for (format, accuracy) in formats where format.atoms.indices.contains(place) {
        let name = format.atoms[place].value
        if accuracies[name] == nil { names.append(name) }
        accuracies[name, default: []].append(accuracy)
      }
      guard names.count > 1 else { continue }
      groups.append(
        AttributionGroup(
          attribute: atom.attribute,
          values: values(names.map { ($0, accuracies[$0] ?? []) }, mean: mean)))
    }
    return groups.enumerated().sorted {
      ($1.element.range, $0.offset) < ($0.element.range, $1.offset)
    }.map(\.element)
  }

  private static func values(_ groups: [(name: String, accuracies: [Double])], mean: Double)
    -> [Value]
  {
    var squares = 0.0
    var freedom = 0
    for group in groups {
      let own = group.accuracies.reduce(0, +) / Double(group.accuracies.count)
      squares += group.accuracies.reduce(0) { $0 + ($1 - own) * ($1 - own) }
      freedom += group.accuracies.count - 1
    }
    let deviation = freedom > 0 ? (squares / Double(freedom)).squareRoot() : 0
    return groups.map { group in
      let difference = group.accuracies.reduce(0, +) / Double(group.accuracies.count) - mean
      let half = 1.96 * deviation / Double(group.accuracies.count).squareRoot()
      return Value(
        name: group.name, formats: group.accuracies.count, difference: difference,
        interval: Interval(difference - half, difference + half))
    }.sorted { ($0.difference, $0.name) < ($1.difference, $1.name) }
  }
}
