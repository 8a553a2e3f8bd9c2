package import Basics

/// A file of named structures, with the lists of atoms that they are meant for.
///
/// The layout is that of the released code's recorded structures: `structures`, a list of trees, and
/// optionally `value_lists`, from which kinds left out keep the paper's values.
package struct StructureFile: Sendable {
  package let grammar: Grammar
  package let structures: [Structure]

  /// - Throws: `InputError` with the JSON path; two structures of one name are a mistake.
  package init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.anyMembers()
    if let lists = members["value_lists"] {
      grammar = try Grammar(lists: lists, name: "value_lists", description: "")
    } else {
      grammar = .paper
    }
    var structures: [Structure] = []
    for item in try members.required("structures", in: reader).items() {
      let structure = try Structure(item, grammar: grammar, isRecorded: true)
      guard !structures.contains(where: { $0.name == structure.name }) else {
        throw item.failure("the structure \(quoted(structure.name)) occurs twice")
      }
      structures.append(structure)
    }
    self.structures = structures
  }

  /// The structure of that name.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - place: Where it was asked for, for the message.
  /// - Returns: The structure.
  /// - Throws: `InputError` naming the nearest one.
  package func structure(_ name: String, for place: JSONReader) throws(InputError) -> Structure {
    guard let structure = structures.first(where: { $0.name == name }) else {
      let known = structures.map(\.name)
      throw place.failure(
        "no structure \(quoted(name))\(didYouMean(name, among: known)); known: "
          + known.joined(separator: ", "))
    }
    return structure
  }
}
