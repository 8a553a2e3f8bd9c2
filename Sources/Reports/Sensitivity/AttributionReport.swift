package import Basics
package import Sensitivity
import Statistics

extension Attribution {
  package var json: JSON {
    .members([
      "formats": .integer(formats), "examples": .integer(examples),
      "attributes": .array(attributes.map(\.json)),
      "interactions": .array(
        interactions.map {
          .members([
            "attributes": .strings([$0.first, $0.second]), "eta2": .figure($0.eta),
            "omega2": .figure($0.omega), "format_share": .figure($0.ofFormats),
            "p_value": .figure($0.pValue),
          ])
        }),
      "single_changes": .members([
        "count": .integer(changes.changes.count), "large": changes.large.json,
        "large_by_chance": .figure(changes.largeByChance),
        "significant": changes.significant.json,
        "changes": .array(changes.changes.map(\.json)),
      ]),
      "designed": designed.map { designed in
        .members([
          "bases": .integer(designed.bases),
          "totals": .array(
            designed.totals.map {
              .members([
                "attribute": .string($0.attribute), "pairs": .integer($0.pairs),
                "total_share": $0.share.shortJSON, "change_size": $0.size.shortJSON,
              ])
            }),
        ])
      },
      "monotone_triples": triples.map { triples in
        .members([
          "triples": .integer(triples.triples), "observed": triples.observed.json,
          "expected": triples.expected.json, "p_value": .figure(triples.pValue),
        ])
      },
    ])
  }

  /// The shares, the values of the attributes and the largest single changes as text.
  ///
  /// - Parameters:
  ///   - width: The terminal's columns.
  ///   - limit: Lines of each table at most.
  ///   - fits: Whether no table may be wider than the terminal.
  /// - Returns: Lines without newlines.
  package func lines(width: Int, limit: Int, fits: Bool) -> [String] {
    let room = fits ? width : nil
    let isNarrow = fits && width < 100
    var lines = ["", "Attributes: shares of the variation between formats"]
    lines += FigureTable.table(
      [["attribute", "values", "share", "95 %", "omega²", "eta²", "p (F)", "set apart"]]
        + attributes.map { attribute in
          [
            attribute.name, "\(attribute.values.count)",
            FigureTable.text(attribute.ofFormats.value, .share),
            FigureTable.interval(attribute.ofFormats),
            FigureTable.text(attribute.omega.value, .share),
            FigureTable.text(attribute.eta.value, .share), shortProbability(attribute.pValue),
            isNarrow ? attribute.setApart.replacing("ly", with: "") : attribute.setApart,
          ]
        }, expendable: [4, 1, 5], width: room)
    if attributes.isEmpty {
      lines = wrapped(
        "Nothing to attribute: the compared formats all have the same accuracy, or no attribute has "
          + "fewer values than there are formats.", width: width)
      return [""] + lines + changeLines(width: width, limit: limit, room)
    }
    lines += wrapped(
      "(share: of the format variation with the luck of the examples and of many values taken out; "
        + "eta²: the plain share, too high for many values; set apart: pairs of values whose quartile "
        + "boxes (weakly) or whiskers (strongly) do not overlap)", width: width, first: "  ",
      rest: "  ")
    let strongest = interactions.filter { $0.omega > 0.005 }.prefix(5)
    if !strongest.isEmpty {
      lines += ["", "Pairs of attributes: share beyond each alone"]
      lines += FigureTable.table(
        [["pair", "share", "omega²", "p (F)"]]
          + strongest.map {
            [
              "\($0.first) × \($0.second)", FigureTable.text($0.ofFormats, .share),
              percent($0.omega), shortProbability($0.pValue),
            ]
          }, width: room)
    }
    if let designed {
      lines += [
        "", "Designed changes: \(designed.bases) formats, each changed in one place at a time",
      ]
      lines += FigureTable.table(
        [["attribute", "pairs", "total share", "95 %", "mean change", "95 %"]]
          + designed.totals.map {
            [
              $0.attribute, "\($0.pairs)", FigureTable.text($0.share.value, .share),
              FigureTable.interval($0.share), FigureTable.text($0.size.value, .points),
              FigureTable.interval($0.size),
            ]
          }, expendable: [1], width: room)
      lines += wrapped("(\(designed.note))", width: width, first: "  ", rest: "  ")
    }
    for attribute in attributes.prefix(limit) {
      lines += ["", "Values of \(attribute.name)"]
      let sorted = attribute.values.sorted {
        ($0.accuracy.value ?? 0) > ($1.accuracy.value ?? 0)
      }
      lines += FigureTable.table(
        [["value", "formats", "accuracy", "95 %", "to the rest", "95 %"]]
          + sorted.map {
            [
              VisibleText.atom($0.name), "\($0.formats)",
              FigureTable.text($0.accuracy.value, .share), FigureTable.interval($0.accuracy),
              FigureTable.text($0.difference.value, .points), FigureTable.interval($0.difference),
            ]
          }, expendable: [1], width: room)
    }
    return lines + changeLines(width: width, limit: limit, room)
  }

  private func changeLines(width: Int, limit: Int, _ room: Int?) -> [String] {
    guard !changes.changes.isEmpty else {
      return [""]
        + wrapped(
          "No two formats differ in one attribute only; 'run --design sobol' makes such pairs.",
          width: width)
    }
    var lines = [
      "", "Single changes of one atom (\(grouped(changes.changes.count)) pairs of formats)",
    ]
    lines += FigureTable.table(
      [["formats", "attribute", "from", "to", "points", "95 %", "mid-p", "Holm"]]
        + changes.changes.prefix(limit).map {
          [
            "\($0.first) → \($0.second)", $0.attribute, VisibleText.atom($0.from),
            VisibleText.atom($0.to), FigureTable.text($0.effect.value, .points),
            FigureTable.interval($0.effect), shortProbability($0.pValue),
            shortProbability($0.adjusted),
          ]
        }, leftColumns: 4, names: [1, 2, 3], expendable: [6], width: room)
    let chance = changes.largeByChance.map { "; by chance alone \(percent($0))" } ?? ""
    lines += wrapped(
      "At least 5 points: \(FigureTable.text(changes.large.value, .share)) of the changes"
        + "\(chance). Beyond noise after Holm's correction: "
        + "\(FigureTable.text(changes.significant.value, .share)).", width: width, first: "  ",
      rest: "  ")
    if let monotony { lines += wrapped(monotony, width: width, first: "  ", rest: "  ") }
    return lines
  }
}

extension Attribution.Attribute {
  fileprivate var json: JSON {
    .members([
      "attribute": .string(name), "eta2": eta.shortJSON, "omega2": omega.shortJSON,
      "format_share": ofFormats.shortJSON, "p_value": .figure(pValue),
      "values": .array(
        values.map {
          .members([
            "value": .string($0.name), "formats": .integer($0.formats),
            "accuracy": $0.accuracy.shortJSON, "difference": $0.difference.shortJSON,
          ])
        }),
      "contrasts": .array(
        contrasts.map {
          .members([
            "lower": .string($0.lower), "higher": .string($0.higher), "strong": .bool($0.isStrong),
          ])
        }),
    ])
  }
}

extension AtomChanges.Change {
  fileprivate var json: JSON {
    .members([
      "formats": .array([.integer(first), .integer(second)]), "attribute": .string(attribute),
      "from": .string(from), "to": .string(to), "effect": effect.shortJSON,
      "first_only": .integer(test.firstOnly), "second_only": .integer(test.secondOnly),
      "examples": .integer(test.examples), "mid_p": .figure(pValue), "holm": .figure(adjusted),
    ])
  }
}

extension DesignedChanges {
  /// What a total share is, or why there is none.
  var note: String {
    totals.allSatisfy { $0.share.value == nil }
      ? "no total shares: the \(counted(bases, "format")) before their changes do not differ beyond "
        + "noise; a larger --formats makes more of them"
      : "total share: all of the format variation in which the attribute takes part, alone or with "
        + "others, so that shares may add up to more than 100 %"
  }
}

extension VisibleText {
  /// A value of an attribute with its white space made visible; an empty one as a pair of quotes.
  static func atom(_ text: String) -> String {
    text.isEmpty ? "''" : template(text).replacing(" ", with: "·")
  }
}
