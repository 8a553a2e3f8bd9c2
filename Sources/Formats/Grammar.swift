package import Basics

/// The atoms that formats are made of: for each kind of attribute, the values it may take.
package struct Grammar: Sendable, Hashable {
  package let name: String
  package let description: String
  let values: [AttributeKind: [Atom]]

  /// The values of a kind, each once, in the grammar's order.
  package func atoms(_ kind: AttributeKind) -> [Atom] { values[kind] ?? [] }

  var numberings: [Numbering] {
    atoms(.number).compactMap { if case .number(let numbering) = $0 { numbering } else { nil } }
  }

  /// The atoms of FormatSpread (arXiv 2310.11324) in the order of the released code.
  ///
  /// The file `formats/paper.json` holds the same.
  package static let paper = Grammar(
    name: "paper",
    description: "The atoms of FormatSpread (arXiv 2310.11324), in the order of the released code.",
    separators: [
      "", "::: ", ":: ", ": ", " \n\t", "\n    ", " : ", " - ", " ", "\n ", "\n\t", ":", "::", "- ",
      "\t",
    ],
    spaces: [
      "", " ", "\n", " \n", " -- ", "  ", "; \n", " || ", " <sep> ", " -- ", ", ", " \n ", " , ",
      "\n ", ". ", " ,  ",
    ],
    gaps: ["", " ", "  ", "\t"],
    casings: Casing.allCases,
    wrappers: ["(x)", "x.", "x)", "x )", "[x]", "<x>"].compactMap(Wrapper.init),
    numberings: Numbering.paper)

  init(
    name: String, description: String, separators: [String], spaces: [String], gaps: [String],
    casings: [Casing], wrappers: [Wrapper], numberings: [Numbering]
  ) {
    self.name = name
    self.description = description
    values = [
      .separator: unique(separators.map(Atom.text)), .space: unique(spaces.map(Atom.text)),
      .gap: unique(gaps.map(Atom.text)), .casing: unique(casings.map(Atom.casing)),
      .wrapper: unique(wrappers.map(Atom.wrapper)), .number: unique(numberings.map(Atom.number)),
    ]
  }
}

/// The values without repetitions, by code point ("é" and "e + accent" are two texts to a model).
private func unique(_ atoms: [Atom]) -> [Atom] {
  var seen = Set<[UInt8]>()
  return atoms.filter { seen.insert(Array($0.name.utf8)).inserted }
}

// MARK: - Reading

extension Grammar {
  private static let keys = [
    "schema", "name", "description", "separator", "space", "gap", "casing", "wrapper", "number",
  ]

  /// Reads a grammar file (`formatspread.grammar/1`).
  ///
  /// A kind that the file leaves out keeps the paper's values.
  /// - Throws: `InputError` naming the JSON path of an unknown key, an empty list, a wrapper without
  ///   exactly one `x`, an unknown casing or numbering, or a label used twice.
  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: Self.keys)
    let schema = try members.required("schema", in: reader)
    guard try schema.string() == "formatspread.grammar/1" else {
      throw schema.failure("expected the schema 'formatspread.grammar/1'")
    }
    let name = try members.required("name", in: reader).nonEmptyString()
    try self.init(
      lists: reader, name: name, description: try members["description"]?.string() ?? "")
  }

  /// Reads the lists of atoms from an object whose keys are kinds; other keys are passed over.
  init(lists reader: JSONReader, name: String, description: String) throws(InputError) {
    var values: [AttributeKind: [Atom]] = [:]
    for (key, list) in try reader.members() {
      guard let kind = AttributeKind(named: key) else { continue }
      var atoms: [Atom] = []
      var names = Set<String>()
      for item in try list.items() {
        let atom = try Atom(item, kind: kind)
        // A format in a file names its numbering, so a name may stand for one only.
        if case .number(let numbering) = atom, !names.insert(numbering.name).inserted,
          !atoms.contains(atom)
        {
          throw JSONReader(item.value, file: item.file, path: item.path + ".name").failure(
            "the numbering \(quoted(numbering.name)) occurs twice")
        }
        atoms.append(atom)
      }
      guard !atoms.isEmpty else {
        throw list.failure("a grammar needs at least one \(kind.rawValue); the list is empty")
      }
      values[kind] = unique(atoms)
    }
    guard !values.isEmpty else {
      throw reader.failure(
        "a grammar without atoms; give at least one of "
          + AttributeKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.name = name
    self.description = description
    self.values = values.merging(Self.paper.values) { own, _ in own }
  }

  /// The grammar as the file that `init(_:)` reads.
  package var json: JSON {
    var object = JSONObject([
      "schema": .string("formatspread.grammar/1"), "name": .string(name),
      "description": .string(description),
    ])
    for kind in AttributeKind.allCases { object[kind.rawValue] = .array(atoms(kind).map(\.json)) }
    return .object(object)
  }
}

extension Atom {
  /// Reads a value of the given kind; a numbering may be a known name or `{"name": …, "labels": […]}`.
  init(
    _ reader: JSONReader, kind: AttributeKind, alphabets: [Numbering] = Numbering.paper
  ) throws(InputError) {
    switch kind {
    case .separator, .space, .gap: self = .text(try reader.string())
    case .casing:
      let name = try reader.string()
      guard let casing = Casing(rawValue: name) else {
        let known = Casing.allCases.map(\.rawValue)
        throw reader.failure(
          "unknown casing \(quoted(name))\(didYouMean(name, among: known)); known: "
            + known.joined(separator: ", "))
      }
      self = .casing(casing)
    case .wrapper:
      let name = try reader.string()
      guard let wrapper = Wrapper(name) else {
        throw reader.failure(
          "the wrapper \(quoted(name)) needs exactly one 'x' where the label goes, as in '(x)'")
      }
      self = .wrapper(wrapper)
    case .number: self = .number(try Numbering(reader, known: alphabets))
    }
  }

  package var json: JSON {
    if case .number(let numbering) = self, !Numbering.paper.contains(numbering) {
      return .members([
        "name": .string(numbering.name), "labels": .strings(numbering.labels ?? []),
      ])
    }
    return .string(name)
  }
}

extension Numbering {
  init(_ reader: JSONReader, known: [Numbering]) throws(InputError) {
    if case .string(let name) = reader.value {
      guard let numbering = known.first(where: { $0.name == name }) else {
        let names = known.map(\.name)
        throw reader.failure(
          "unknown numbering \(quoted(name))\(didYouMean(name, among: names)); known: "
            + names.joined(separator: ", ")
            + ", or an object with name and labels")
      }
      self = numbering
      return
    }
    let members = try reader.members(known: ["name", "labels"])
    let list = try members.required("labels", in: reader)
    let title = try members.required("name", in: reader)
    let name = try title.nonEmptyString()
    guard !Self.paper.contains(where: { $0.name == name }) else {
      throw title.failure(
        "the name \(quoted(name)) belongs to a built-in numbering; choose another")
    }
    var labels: [String] = []
    for item in try list.items() {
      let label = try item.nonEmptyString()
      guard !labels.contains(label) else {
        throw item.failure("the label \(quoted(label)) occurs twice")
      }
      labels.append(label)
    }
    guard !labels.isEmpty else { throw list.failure("an alphabet needs at least one label") }
    self.init(name: name, labels: labels)
  }
}
