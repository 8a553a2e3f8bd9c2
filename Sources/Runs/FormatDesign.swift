import Basics
import Formats
import Prompts

/// How the formats of a study are chosen.
package enum StudyDesign: String, Sendable, Hashable, CaseIterable {
  /// Uniformly, without replacement.
  case random
  /// Random formats, each followed by others that differ from it in one attribute or axis only.
  case sobol
}

/// The formats of one task with what else their prompts vary.
struct FormatDesign {
  /// One format of a study.
  struct Member {
    var format: Format
    /// A value for each axis of the study.
    var axes: [String]
    /// In a designed study, the format that this one changes in one place.
    var base: FormatLine.Base?
  }

  let members: [Member]

  /// The task's own format with the first value of every axis, then the others in the order of the
  /// seed.
  init(_ prepared: PreparedTask, study: Study) {
    switch study.design {
    case .random: members = Self.random(prepared, study)
    case .sobol: members = Self.sobol(prepared, study)
    }
  }

  /// Each format gets a random value of every axis; where formats run out, other values of the axes
  /// make further ones.
  private static func random(_ prepared: PreparedTask, _ study: Study) -> [Member] {
    let formats = prepared.space.sample(study.formats, seed: study.seed)
    let combinations = study.axes.combinations
    guard combinations > 1 else {
      return formats.map { Member(format: $0, axes: study.axes.combination(0)) }
    }
    var generator = SeededGenerator(seed: study.seed, stream: "axes")
    // For each format its own order of combinations: round after round, all members are different.
    let orders = formats.indices.map { index in
      var order = generator.permutation(combinations)
      if index == 0, let own = order.firstIndex(of: 0) { order.swapAt(0, own) }
      return order
    }
    var members: [Member] = []
    for round in 0..<combinations {
      for (index, format) in formats.enumerated() where members.count < study.formats {
        members.append(
          Member(format: format, axes: study.axes.combination(orders[index][round])))
      }
    }
    return members
  }

  /// Blocks of a random format and one change of each attribute and axis, until there are enough.
  private static func sobol(_ prepared: PreparedTask, _ study: Study) -> [Member] {
    let space = prepared.space
    let axes = study.axes
    var generator = SeededGenerator(seed: study.seed, stream: "designed changes")
    var members: [Member] = []
    for format in space.sample(study.formats, seed: study.seed) {
      guard members.count < study.formats else { break }
      let own = members.isEmpty
      let base = members.count
      let values =
        own
        ? axes.combination(0) : axes.combination(generator.below(max(1, axes.combinations)))
      var block = [Member(format: format, axes: values)]
      let neighbours = space.neighbours(of: format)
      for attribute in prepared.structure.free {
        let changes = neighbours.filter { $0.attribute == attribute }
        guard !changes.isEmpty else { continue }
        let pick = changes[generator.below(changes.count)].format
        block.append(
          Member(
            format: pick, axes: values,
            base: FormatLine.Base(
              index: base, attribute: prepared.structure.attributes[attribute].id,
              values: changes.count + 1)))
      }
      for (place, choice) in axes.choices.enumerated() where choice.isSwept {
        let others = choice.values.filter { $0 != values[place] }
        var changed = values
        changed[place] = others[generator.below(others.count)]
        block.append(
          Member(
            format: format, axes: changed,
            base: FormatLine.Base(
              index: base, attribute: choice.axis.rawValue, values: choice.values.count)))
      }
      // A block that does not fit as a whole would weigh some attributes more than others.
      guard members.isEmpty || members.count + block.count <= study.formats else { break }
      members += block
    }
    return members
  }
}
