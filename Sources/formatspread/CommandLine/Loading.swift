import Basics
import Formats
import Prompts
import Runs
import Tasks

/// Reading tasks and grammars for several commands.
enum Loading {
  static func grammar(_ given: String?) throws(InputError) -> (Grammar, Study.GrammarReference) {
    guard let given else {
      return (.paper, reference(.paper, path: nil))
    }
    let path = try Bundled.grammarFile(given)
    let grammar = try Grammar(try TextFile.json(path))
    return (grammar, reference(grammar, path: path))
  }

  /// Grammars with the same atoms are the same, however their files are laid out.
  private static func reference(_ grammar: Grammar, path: String?) -> Study.GrammarReference {
    Study.GrammarReference(
      name: grammar.name, path: path, digest: SHA256.hex(grammar.json.compact))
  }

  static func task(
    _ given: String, grammar: Grammar
  ) throws(InputError) -> (PreparedTask, Study.TaskReference) {
    let path = try Bundled.taskFile(given)
    let bytes = try TextFile.bytes(path)
    let document = JSONReader(try JSON.parse(bytes, file: path), file: path)
    let task = try EvaluationTask(document)
    let prepared = try PreparedTask(task, grammar: grammar, structureFile: structureFile)
    let reference = Study.TaskReference(
      name: task.name, path: path, digest: SHA256.hex(bytes), count: task.examples.count)
    return (prepared, reference)
  }

  static func structureFile(_ name: String) throws(InputError) -> JSONReader {
    try TextFile.json(try Bundled.grammarFile(name))
  }
}
