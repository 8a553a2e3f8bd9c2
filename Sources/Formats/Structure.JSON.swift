package import Basics

extension Structure {
  /// Reads an explicit tree: an object with `tree`, `shared` and optionally `structure` (its name) and
  /// `attributes` (the free ones, as `{"id": …}`).
  ///
  /// Nodes are `group` (`space`, `whitespace_space_only`, `children`), `field` (`descriptor`,
  /// `separator`, `casing`, `has_text`, `output`, and `field`, the example's field, by default the
  /// descriptor in lower case) and `enumeration` (`descriptor`, `indices`, `space`, `wrapper`, `number`,
  /// `text_option_separator`, `separator`, `casing`, `object_name`, and `list`, the example's list).
  /// A separator or casing is a value of its own or `{"shared": NAME}`. Without `attributes`, all are
  /// free but shared ones marked `not_free` and those that only touch an empty descriptor.
  ///
  /// - Parameters:
  ///   - reader: The object.
  ///   - grammar: Where numberings beyond the paper's are looked up.
  ///   - isRecorded: A recorded structure may carry other keys, and may lack an output.
  /// - Throws: `InputError` naming the JSON path.
  package init(
    _ reader: JSONReader, grammar: Grammar = .paper, isRecorded: Bool = false
  ) throws(InputError) {
    let keys = ["structure", "name", "tree", "shared", "attributes", "plausible_distinct"]
    let members = try isRecorded ? reader.anyMembers() : reader.members(known: keys)
    var builder = StructureReader(grammar: grammar)
    if let shared = members["shared"] { try builder.readShared(shared) }
    let tree = try members.required("tree", in: reader)
    let root = try builder.component(tree)
    if let list = members["attributes"] { try builder.restrictFreedom(to: list) }
    guard isRecorded || root.slots.count(where: { $0 == .output }) == 1 else {
      throw tree.failure("expected exactly one output field with text, to hold the answer")
    }
    name = try (members["structure"] ?? members["name"])?.string() ?? "structure"
    self.root = root
    attributes = builder.attributes
  }

  /// Reads a format's values, as `{"n0.space": " ", …}`; attributes left out keep their originals.
  ///
  /// - Throws: `InputError` naming the JSON path of an unknown attribute or value.
  package func format(_ reader: JSONReader, grammar: Grammar = .paper) throws(InputError) -> Format
  {
    var format = original
    for (key, value) in try reader.members() {
      let id =
        key.hasSuffix(".text_option_separator")
        ? key.replacing(".text_option_separator", with: ".gap") : key
      guard let index = attributes.firstIndex(where: { $0.id == id }) else {
        let known = attributes.map(\.id)
        throw reader.failure(
          "unknown attribute \(quoted(key))\(didYouMean(id, among: known)); known: "
            + known.joined(separator: ", "))
      }
      format.atoms[index] = try Atom(
        value, kind: attributes[index].kind,
        alphabets: Numbering.paper + grammar.numberings)
    }
    return format
  }
}

/// The state of reading one tree: its attributes so far and where the shared ones are.
private struct StructureReader {
  let grammar: Grammar
  var attributes: [Attribute] = []
  private var sharedNames: [String: [AttributeKind: Int]] = [:]
  private var nodes = Set<String>()

  init(grammar: Grammar) {
    self.grammar = grammar
  }

  private mutating func add(
    _ owner: String, _ kind: AttributeKind, _ value: JSONReader, isFree: Bool
  ) throws(InputError) -> Int {
    attributes.append(
      Attribute(
        id: "\(owner).\(kind.rawValue)", kind: kind,
        original: try Atom(value, kind: kind, alphabets: Numbering.paper + grammar.numberings),
        isFree: isFree))
    return attributes.count - 1
  }

  mutating func readShared(_ reader: JSONReader) throws(InputError) {
    for item in try reader.items() {
      let members = try item.members(known: ["id", "ref", "fields", "not_free"])
      let id = members["id"] ?? members["ref"]
      guard let name = try id?.nonEmptyString() else {
        throw item.failure("the key 'id' is missing")
      }
      guard sharedNames[name] == nil else {
        throw item.failure("the shared name \(quoted(name)) occurs twice")
      }
      let fixed = try members["not_free"]?.bool() ?? false
      var indices: [AttributeKind: Int] = [:]
      let fields = try members.required("fields", in: item)
      for (key, value) in try fields.members() {
        guard let kind = AttributeKind(named: key) else {
          throw fields.failure("unknown kind of attribute \(quoted(key))")
        }
        indices[kind] = try add(name, kind, value, isFree: !fixed)
      }
      sharedNames[name] = indices
    }
  }

  mutating func restrictFreedom(to list: JSONReader) throws(InputError) {
    var free = Set<String>()
    for item in try list.items() {
      let members = try item.members(known: ["id", "values"])
      let reader = try members.required("id", in: item)
      let id = try reader.string().replacing(".text_option_separator", with: ".gap")
      guard attributes.contains(where: { $0.id == id }) else {
        throw reader.failure(
          "unknown attribute \(quoted(id))\(didYouMean(id, among: attributes.map(\.id)))")
      }
      free.insert(id)
    }
    attributes = attributes.map { attribute in
      Attribute(
        id: attribute.id, kind: attribute.kind, original: attribute.original,
        isFree: free.contains(attribute.id))
    }
  }

  mutating func component(_ reader: JSONReader) throws(InputError) -> Component {
    guard case .object(let object) = reader.value, case .string(let node) = object["node"] else {
      throw reader.failure("expected a node with 'node': 'group', 'field' or 'enumeration'")
    }
    switch node {
    case "group": return .group(try group(reader))
    case "field": return .field(try field(reader))
    case "enumeration": return .enumeration(try enumeration(reader))
    default:
      throw reader.failure(
        "unknown node \(quoted(node)); known: group, field, enumeration")
    }
  }

  private mutating func id(
    _ members: [String: JSONReader], in reader: JSONReader
  ) throws(InputError) -> String {
    let id = try members["id"]?.nonEmptyString() ?? "n\(nodes.count)"
    guard nodes.insert(id).inserted, sharedNames[id] == nil else {
      throw reader.failure("the id \(quoted(id)) occurs twice")
    }
    return id
  }

  /// An attribute of a node: a value of its own, or a reference to a shared one.
  private mutating func attribute(
    _ kind: AttributeKind, _ value: JSONReader, of owner: String, isFree: Bool = true
  ) throws(InputError) -> Int {
    guard case .object(let object) = value.value, object["shared"] != nil else {
      return try add(owner, kind, value, isFree: isFree)
    }
    let members = try value.members(known: ["shared"])
    let reference = try members.required("shared", in: value)
    let name = try reference.string()
    guard let index = sharedNames[name]?[kind] else {
      throw reference.failure("there is no shared \(kind.rawValue) named \(quoted(name))")
    }
    return index
  }

  private mutating func group(_ reader: JSONReader) throws(InputError) -> Component.Group {
    let members = try reader.members(known: [
      "node", "id", "space", "whitespace_space_only", "children",
    ])
    let id = try id(members, in: reader)
    let space = try attribute(.space, try members.required("space", in: reader), of: id)
    let list = try members.required("children", in: reader)
    var children: [Component] = []
    for child in try list.items() { children.append(try component(child)) }
    guard !children.isEmpty else { throw list.failure("a group needs at least one child") }
    return Component.Group(
      id: id, space: space, whitespaceOnly: try members["whitespace_space_only"]?.bool() ?? false,
      children: children)
  }

  private mutating func field(_ reader: JSONReader) throws(InputError) -> Component.Field {
    let members = try reader.members(known: [
      "node", "id", "descriptor", "separator", "casing", "has_text", "output", "field",
    ])
    let id = try id(members, in: reader)
    let descriptor = try members["descriptor"]?.string() ?? ""
    let hasText = try members["has_text"]?.bool() ?? true
    let isOutput = try members["output"]?.bool() ?? false
    let name = try members["field"]?.nonEmptyString() ?? fieldName(descriptor, or: id)
    let separator: Int? =
      if let value = members["separator"] {
        try attribute(.separator, value, of: id)
      } else { nil }
    return Component.Field(
      id: id, descriptor: descriptor, separator: separator,
      casing: try casing(members, of: id, descriptor: descriptor, in: reader),
      slot: hasText ? (isOutput ? .output : .field(name)) : nil)
  }

  private mutating func casing(
    _ members: [String: JSONReader], of id: String, descriptor: String, in reader: JSONReader
  ) throws(InputError) -> Int {
    let value = members["casing"] ?? JSONReader(.string("identity"), file: reader.file)
    return try attribute(.casing, value, of: id, isFree: !descriptor.isEmpty)
  }

  private mutating func enumeration(
    _ reader: JSONReader
  ) throws(InputError) -> Component.Enumeration {
    let members = try reader.members(known: [
      "node", "id", "descriptor", "indices", "space", "wrapper", "number", "text_option_separator",
      "gap", "object_name", "list", "separator", "casing",
    ])
    let id = try id(members, in: reader)
    let descriptor = try members["descriptor"]?.string() ?? ""
    let list = try members.required("indices", in: reader)
    var indices: [Int] = []
    for item in try list.items() {
      let index = try item.int(in: 0...9_999)
      guard indices.last.map({ $0 < index }) ?? true else {
        throw item.failure("the positions of items must rise")
      }
      indices.append(index)
    }
    guard !indices.isEmpty else { throw list.failure("an enumeration needs at least one item") }
    func given(_ key: String, or fallback: String) -> JSONReader {
      members[key] ?? JSONReader(.string(fallback), file: reader.file)
    }
    var name: String? = try members["list"]?.nonEmptyString()
    if name == nil, case .string(let object) = members["object_name"]?.value { name = object }
    let gap = members["gap"] ?? given("text_option_separator", or: "")
    return Component.Enumeration(
      id: id, list: name ?? fieldName(descriptor, or: id), descriptor: descriptor, indices: indices,
      space: try attribute(.space, try members.required("space", in: reader), of: id),
      separator: try attribute(.separator, given("separator", or: " "), of: id),
      casing: try casing(members, of: id, descriptor: descriptor, in: reader),
      gap: try attribute(.gap, gap, of: id, isFree: !descriptor.isEmpty),
      wrapper: try attribute(.wrapper, given("wrapper", or: "x."), of: id),
      number: try attribute(.number, given("number", or: "upper_alpha"), of: id))
  }
}

/// The example's field for a descriptor: lower case, with underscores; the node's id without one.
private func fieldName(_ descriptor: String, or id: String) -> String {
  let words = descriptor.lowercased().split { !$0.isLetter && !$0.isNumber }
  return words.isEmpty ? id : words.joined(separator: "_")
}
