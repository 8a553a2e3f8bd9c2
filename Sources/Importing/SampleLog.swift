import Basics

/// The samples of lm-evaluation-harness: one JSON object a line, with the document and what was asked.
enum SampleLog {
  /// The document's own keys; the target and the continuations are added where it does not have them.
  static func record(_ object: JSONObject, place: String) -> Record {
    guard case .object(let document) = object["doc"] else {
      return Record(object, place: place)
    }
    var record = Record(document, place: place)
    let hasList = record.fields.contains { if case .list = $0.value { true } else { false } }
    if let target = object["target"].flatMap(Record.text), record["target"] == nil {
      record["target"] = .text(target)
    }
    if !hasList, let choices = continuations(object["arguments"]) {
      record["choices"] = .list(choices)
    }
    if let id = object["doc_id"].flatMap(Record.text) { record["doc_id"] = .text(id) }
    return record
  }

  /// The second argument of each request, where there are several and they differ.
  private static func continuations(_ arguments: JSON?) -> [String]? {
    var texts: [String] = []
    switch arguments {
    case .array(let requests):
      for request in requests {
        guard case .array(let parts) = request, parts.count > 1, case .string(let text) = parts[1]
        else { return nil }
        texts.append(text.trimmed)
      }
    case .object(let requests):
      for (_, request) in requests.members {
        guard case .object(let parts) = request, case .string(let text) = parts["arg_1"] else {
          return nil
        }
        texts.append(text.trimmed)
      }
    default: return nil
    }
    guard texts.count > 1, !texts.contains(""), Set(texts).count == texts.count else { return nil }
    return texts
  }
}
