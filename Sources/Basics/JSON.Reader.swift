/// A JSON value together with its file and its path, so that every complaint names the place.
///
/// Errors read `FILE: $.examples[3].answer: …`.
package struct JSONReader: Sendable {
  package let value: JSON
  package let file: String
  /// `$` for the whole document, then `.key` and `[index]` (from 0).
  package let path: String

  package init(_ value: JSON, file: String, path: String = "$") {
    self.value = value
    self.file = file
    self.path = path
  }

  package func failure(_ reason: String) -> InputError {
    InputError("\(file): \(path): \(reason)")
  }

  private func unexpected(_ wanted: String) -> InputError {
    failure("expected \(wanted), found \(shown)")
  }

  private var shown: String {
    switch value {
    case .string(let text): text.isEmpty ? "an empty text" : "the text \(quoted(text, limit: 30))"
    case .integer, .number, .digits: "the number \(value.compact)"
    case .bool, .null: value.compact
    default: value.kind
    }
  }

  /// The members of an object; a key that is not in `known` is an error with the nearest known key.
  package func members(known: [String]) throws(InputError) -> [String: JSONReader] {
    let readers = try members()
    for (key, _) in readers where !known.contains(key) {
      throw failure(
        "unknown key \(quoted(key))\(didYouMean(key, among: known)); known: "
          + known.joined(separator: ", "))
    }
    return Dictionary(uniqueKeysWithValues: readers.map { ($0.key, $0.reader) })
  }

  /// The members of an object that may carry keys of others.
  package func anyMembers() throws(InputError) -> [String: JSONReader] {
    Dictionary(uniqueKeysWithValues: try members().map { ($0.key, $0.reader) })
  }

  /// The members of an object with free keys, in their order.
  package func members() throws(InputError) -> [(key: String, reader: JSONReader)] {
    guard case .object(let object) = value else { throw unexpected("an object") }
    return object.members.map { key, value in
      let plain = key.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x5F
      }
      let step = plain && !key.isEmpty ? ".\(key)" : "[\(JSON.string(key).compact)]"
      return (key, JSONReader(value, file: file, path: path + step))
    }
  }

  package func items() throws(InputError) -> [JSONReader] {
    guard case .array(let items) = value else { throw unexpected("a list") }
    return items.enumerated().map { index, item in
      JSONReader(item, file: file, path: "\(path)[\(index)]")
    }
  }

  package func string() throws(InputError) -> String {
    guard case .string(let text) = value else { throw unexpected("a text") }
    return text
  }

  package func nonEmptyString() throws(InputError) -> String {
    guard case .string(let text) = value, !text.isEmpty else {
      throw unexpected("a text that is not empty")
    }
    return text
  }

  package func strings() throws(InputError) -> [String] {
    try items().map { item throws(InputError) in try item.string() }
  }

  package func bool() throws(InputError) -> Bool {
    guard case .bool(let value) = value else { throw unexpected("true or false") }
    return value
  }

  package func int(in range: ClosedRange<Int> = Int.min...Int.max) throws(InputError) -> Int {
    guard case .integer(let number) = value, range.contains(number) else {
      let limits =
        range == Int.min...Int.max
        ? ""
        : range.upperBound == Int.max
          ? " of at least \(range.lowerBound)" : " from \(range.lowerBound) to \(range.upperBound)"
      throw unexpected("a whole number" + limits)
    }
    return number
  }

  package func double() throws(InputError) -> Double {
    switch value {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    case .digits(let text):
      guard let number = Double(text), number.isFinite else { throw unexpected("a number") }
      return number
    default: throw unexpected("a number")
    }
  }
}

extension [String: JSONReader] {
  /// The member that must be there.
  package func required(_ key: String, in parent: JSONReader) throws(InputError) -> JSONReader {
    guard let reader = self[key] else { throw parent.failure("the key '\(key)' is missing") }
    return reader
  }
}
