import Basics

extension FormatSpace {
  /// A layout cut at its slots, where neighbouring pieces of one variable form a *run*.
  ///
  /// Between two slots a template is one text, so a heading's separator ": " before a space " " reads
  /// like ":" before "  ". This type finds out whether a template still tells every variable's class,
  /// and if it cannot tell, which two variables must be seen as one.
  struct Segments {
    enum Step {
      case text([UInt8])
      case run(variable: Int, number: Int)
    }

    /// A part of a run.
    enum Part: Sendable {
      /// Text that no variable decides.
      case text([UInt8])
      /// A piece, decided by the attribute at `position` of its variable, with its text for each value.
      case piece(Layout.Piece, position: Int, [[UInt8]])
    }

    private(set) var segments: [[Step]] = [[]]
    /// For each variable, its runs from left to right.
    private(set) var runs: [[[Part]]]

    /// Cuts a layout.
    ///
    /// - Parameters:
    ///   - layout: The pieces of a structure.
    ///   - groups: The attributes of each variable.
    ///   - values: The values of every attribute, a single one where it is not free.
    init(_ layout: Layout, groups: [[Int]], values: [[Atom]]) {
      var owners = [(variable: Int, position: Int)?](repeating: nil, count: values.count)
      for (variable, group) in groups.enumerated() {
        for (position, attribute) in group.enumerated() { owners[attribute] = (variable, position) }
      }
      runs = groups.map { _ in [] }
      var open: Int?
      // Fixed text after an open run belongs to it only if the same variable goes on behind.
      var pending: [UInt8] = []
      for piece in layout.pieces {
        if case .fixed(let text) = piece {
          pending += Array(text.utf8)
          continue
        }
        guard let attribute = piece.attribute else {
          flush(&pending)
          open = nil
          segments.append([])
          continue
        }
        let texts = values[attribute].map { Array((piece.text($0) ?? "").utf8) }
        guard let (variable, position) = owners[attribute] else {
          pending += texts.first ?? []
          continue
        }
        if open == variable {
          if !pending.isEmpty { runs[variable][runs[variable].count - 1].append(.text(pending)) }
          pending = []
        } else {
          flush(&pending)
          segments[segments.count - 1].append(
            .run(variable: variable, number: runs[variable].count))
          runs[variable].append([])
          open = variable
        }
        runs[variable][runs[variable].count - 1].append(
          .piece(piece, position: position, texts))
      }
      flush(&pending)
    }

    private mutating func flush(_ pending: inout [UInt8]) {
      if !pending.isEmpty { segments[segments.count - 1].append(.text(pending)) }
      pending = []
    }

    /// Two variables that a template may not tell apart, or nil when it determines every class.
    ///
    /// Reads each segment from the left with one byte of lookahead. Where that is not enough, the run
    /// and the variable behind it are named; seeing them as one is always sound, if not always needed.
    func ambiguity(_ variables: [Variable]) -> (Int, Int)? {
      var determined = runs.map { $0.map { _ in false } }
      var isKnown = variables.map { $0.classes.count < 2 }
      while true {
        var stuck: (Int, Int)?
        var found = false
        for segment in segments {
          scan: for (at, step) in segment.enumerated() {
            guard case .run(let variable, let number) = step, !isKnown[variable],
              !determined[variable][number]
            else { continue }
            let rest = segment[(at + 1)...]
            if isReadable(variable, number, before: rest, variables, isKnown) {
              determined[variable][number] = true
              found = true
            } else if let next = rest.firstVariable {
              stuck = stuck ?? (variable, next)
              break scan
            }
          }
        }
        guard found else { return isKnown.allSatisfy { $0 } ? nil : stuck }
        for variable in variables.indices where !isKnown[variable] {
          isKnown[variable] = variables[variable].isDetermined(by: determined[variable])
        }
      }
    }

    /// Whether the text of a run can be read off when all before it in its segment is known.
    private func isReadable(
      _ variable: Int, _ number: Int, before rest: ArraySlice<Step>, _ variables: [Variable],
      _ isKnown: [Bool]
    ) -> Bool {
      let restIsKnown = rest.allSatisfy { step in
        if case .run(let next, _) = step { isKnown[next] } else { true }
      }
      // The segment's length then gives the run's length.
      if restIsKnown { return true }
      var following = Set<UInt8>()
      for step in rest {
        switch step {
        case .text(let text): following.formUnion(text.prefix(1))
        case .run(let next, let run):
          let texts = variables[next].classes.map { $0.texts[run] }
          following.formUnion(texts.compactMap(\.first))
          if texts.contains([]) { continue }
        }
        break
      }
      let texts = Set(variables[variable].classes.map { $0.texts[number] })
      return texts.allSatisfy { text in
        text.indices.allSatisfy { length in
          !following.contains(text[length]) || !texts.contains(Array(text[..<length]))
        }
      }
    }
  }
}

extension ArraySlice<FormatSpace.Segments.Step> {
  fileprivate var firstVariable: Int? {
    for case .run(let variable, _) in self { return variable }
    return nil
  }
}
