import Basics

/// One row of a data file: its columns or keys with their texts, and where it stands.
package struct Record: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case text(String)
    case list([String])
  }

  /// As messages name it: `data.csv:17` or `data.json: $.rows[3]`.
  package let place: String
  /// In the order of the file, each name once; empty cells are left out.
  package private(set) var fields: [(name: String, value: Value)]

  package init(place: String, fields: [(name: String, value: Value)] = []) {
    self.place = place
    self.fields = fields
  }

  package subscript(name: String) -> Value? {
    get { fields.first { $0.name == name }?.value }
    set {
      fields.removeAll { $0.name == name }
      if let newValue { fields.append((name, newValue)) }
    }
  }

  package func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { text } else { nil }
  }

  package func list(_ name: String) -> [String]? {
    if case .list(let list) = self[name] { list } else { nil }
  }

  /// The bytes that the record's texts take, by which a sample bounds its memory.
  var size: Int {
    fields.reduce(place.utf8.count + 64) { sum, field in
      switch field.value {
      case .text(let text): sum + field.name.utf8.count + text.utf8.count + 48
      case .list(let items):
        items.reduce(sum + field.name.utf8.count + 48) { $0 + $1.utf8.count + 24 }
      }
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.place == b.place
      && a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    for field in fields {
      hasher.combine(field.name)
      hasher.combine(field.value)
    }
  }
}

extension Record {
  /// A record of a JSON object.
  ///
  /// Numbers are texts, as `1`, `1.0` and `0.5`. The members of an object inside it are named `outer_inner`, a
  /// list of objects becomes one list for each of their keys; null and blank texts count as missing.
  init(_ object: JSONObject, place: String) {
    self.init(place: place)
    var names = Set<String>()
    for (key, value) in object.members { add(value, as: key, &names) }
  }

  private mutating func add(_ value: JSON, as key: String, _ names: inout Set<String>) {
    let name = Self.fieldName(key)
    switch value {
    case .object(let object):
      for (inner, value) in object.members { add(value, as: "\(name)_\(inner)", &names) }
      return
    case .array(let items):
      let objects = items.compactMap { item in
        if case .object(let object) = item { object } else { nil }
      }
      if let first = objects.first, objects.count == items.count {
        for inner in first.keys {
          add(.array(objects.map { $0[inner] ?? .null }), as: "\(name)_\(inner)", &names)
        }
        return
      }
      let texts = items.compactMap(Self.text)
      guard !texts.isEmpty, texts.count == items.count else { return }
      guard names.insert(name).inserted else { return }
      fields.append((name, .list(texts)))
    default:
      guard let text = Self.text(value), names.insert(name).inserted else { return }
      fields.append((name, .text(text)))
    }
  }

  /// The text of a scalar; nil for null, blank texts and containers.
  static func text(_ value: JSON) -> String? {
    switch value {
    case .string(let text): text.isBlank ? nil : text
    case .integer, .number, .digits, .bool: value.compact
    case .null, .array, .object: nil
    }
  }

  /// A column's name as templates can write it: points and braces have a meaning there.
  static func fieldName(_ name: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { ".{}\n\r\t".unicodeScalars.contains($0) ? "_" : $0 }))
    let name = plain.trimmed
    return name.isEmpty ? "unnamed" : name
  }
}

extension StringProtocol {
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  /// Without white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}
