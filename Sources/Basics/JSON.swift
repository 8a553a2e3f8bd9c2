/// A JSON value that keeps the order of its keys, so that writing it is deterministic.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// An integer beyond 64 bits as its decimal digits.
  case digits(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// The members of a JSON object in their order, each key once.
package struct JSONObject: Sendable, Hashable {
  package private(set) var members: [(key: String, value: JSON)] = []

  package init() {}

  package init(_ members: KeyValuePairs<String, JSON?>) {
    for (key, value) in members {
      if let value { self[key] = value }
    }
  }

  package var keys: [String] { members.map(\.key) }

  package var isEmpty: Bool { members.isEmpty }

  /// The member's value; setting a new key appends it, setting nil removes it.
  ///
  /// - Complexity: O(members); objects of this package are short.
  package subscript(key: String) -> JSON? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// Appends a member whose key is known to be new.
  mutating func append(_ key: String, _ value: JSON) {
    members.append((key, value))
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.members.elementsEqual(b.members) { $0.key == $1.key && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    for (key, value) in members {
      hasher.combine(key)
      hasher.combine(value)
    }
  }
}

extension JSON {
  /// An object from key–value pairs in order; pairs whose value is nil are left out.
  package static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(JSONObject(members))
  }

  package static func strings(_ texts: some Sequence<String>) -> JSON {
    .array(texts.map { .string($0) })
  }

  /// A whole number of any width.
  package static func whole(_ value: UInt128) -> JSON {
    value <= UInt128(Int.max) ? .integer(Int(value)) : .digits(String(value))
  }

  /// What kind of value this is, as an error message names it.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .digits: "a whole number"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
