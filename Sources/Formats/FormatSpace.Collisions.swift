import Basics

/// Looks for two different choices of values that render the same template.
///
/// Between two slots the template is one text, so a separator ": " before a space " " may read like
/// ":" before "  ". The search walks the layout once for two choices side by side, keeping only by how
/// much the one text is ahead of the other; a variable that reads alike in both and whose value has not
/// mattered yet stays undecided, which keeps the search small.
struct CollisionSearch {
  private enum State {
    case unseen
    /// The same class on both sides, whichever it is.
    case alike
    case pair(Int, Int)
  }

  private let variables: [FormatSpace.Variable]
  /// For each piece: the variable and the position in its renderings, or a fixed text, or nil for a slot.
  private let steps: [Step]
  private var states: [State]
  private var visited = 0

  private enum Step {
    case slot
    case text([UInt8])
    case variable(Int, texts: [[UInt8]])
  }

  init(layout: Layout, variables: [FormatSpace.Variable], fixed: [Int: Atom]) {
    self.variables = variables
    var used = [Int](repeating: 0, count: variables.count)
    steps = layout.pieces.map { piece in
      guard let attribute = piece.attribute else { return .slot }
      if let atom = fixed[attribute] { return .text(Array((piece.text(atom) ?? "").utf8)) }
      guard let owner = variables.firstIndex(where: { $0.attributes.contains(attribute) }) else {
        return .text([])
      }
      let position = used[owner]
      used[owner] += 1
      return .variable(
        owner, texts: variables[owner].classes.map { Array($0.rendering[position].utf8) })
    }
    states = variables.map { _ in .unseen }
  }

  /// The variables that differ in the first collision found, or nil when templates tell all apart.
  ///
  /// - Throws: `InputError` when the search does not end within ten million steps.
  mutating func run(_ structure: String) throws(InputError) -> [Int]? {
    guard try walk(0, left: [], right: [], structure) else { return nil }
    return states.indices.filter { index in
      if case .pair(let a, let b) = states[index] { a != b } else { false }
    }
  }

  /// - Parameters:
  ///   - left: What the left text is ahead by; empty when `right` is not.
  ///   - right: What the right text is ahead by.
  private mutating func walk(
    _ step: Int, left: [UInt8], right: [UInt8], _ structure: String
  ) throws(InputError) -> Bool {
    visited += 1
    guard visited < 10_000_000 else {
      throw InputError(
        "structure \(structure): too irregular to count its formats exactly; "
          + "give its fields clearer separators")
    }
    let isEven = left.isEmpty && right.isEmpty
    guard step < steps.count else {
      return isEven
        && states.contains { if case .pair(let a, let b) = $0 { a != b } else { false } }
    }
    switch steps[step] {
    case .slot: return isEven ? try walk(step + 1, left: [], right: [], structure) : false
    case .text(let text): return try advance(step, left, right, text, text, structure)
    case .variable(let owner, let texts):
      let before = states[owner]
      defer { if !found { states[owner] = before } }
      switch before {
      case .pair(let a, let b):
        return try advance(step, left, right, texts[a], texts[b], structure)
      case .alike where isEven: return try walk(step + 1, left: [], right: [], structure)
      case .alike: return try branch(step, left, right, owner, texts, alike: true, structure)
      case .unseen:
        if isEven {
          states[owner] = .alike
          if try walk(step + 1, left: [], right: [], structure) { return succeed() }
        }
        return try branch(step, left, right, owner, texts, alike: isEven ? nil : false, structure)
      }
    }
  }

  private var found = false

  private mutating func succeed() -> Bool {
    found = true
    return true
  }

  /// Tries classes for a variable.
  ///
  /// - Parameter alike: True for equal pairs only, nil for different pairs only, false for both.
  private mutating func branch(
    _ step: Int, _ left: [UInt8], _ right: [UInt8], _ owner: Int, _ texts: [[UInt8]],
    alike: Bool?, _ structure: String
  ) throws(InputError) -> Bool {
    for a in texts.indices {
      if alike == true {
        states[owner] = .pair(a, a)
        if try advance(step, left, right, texts[a], texts[a], structure) { return succeed() }
        continue
      }
      for b in texts.indices where alike == false || a != b {
        // Swapping the sides mirrors a search from an even start.
        if alike == nil, b < a, !states.contains(where: Self.differs) { continue }
        states[owner] = .pair(a, b)
        if try advance(step, left, right, texts[a], texts[b], structure) { return succeed() }
      }
    }
    return false
  }

  private static func differs(_ state: State) -> Bool {
    if case .pair(let a, let b) = state { a != b } else { false }
  }

  private mutating func advance(
    _ step: Int, _ left: [UInt8], _ right: [UInt8], _ a: [UInt8], _ b: [UInt8],
    _ structure: String
  ) throws(InputError) -> Bool {
    let ahead = left + a
    let other = right + b
    let shared = min(ahead.count, other.count)
    guard ahead[..<shared] == other[..<shared] else { return false }
    return try walk(
      step + 1, left: Array(ahead[shared...]), right: Array(other[shared...]), structure)
  }
}
