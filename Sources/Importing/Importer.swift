package import Basics

/// Makes tasks of data files that are fed to it piece by piece.
///
/// Call `begin`, `feed` as often as there are bytes, and `end` for each file, then `tasks`. Memory is bounded
/// whatever the files' size: one row, the columns' statistics and a sample of at most `limit` rows and about
/// 64 MB of text. The same bytes and settings give the same tasks, however the bytes are divided.
package struct Importer {
  private let kind: ImportKind
  private let settings: ImportSettings
  private var file = ""
  private var firstFile = ""
  private var files = 0
  private var start: [UInt8] = []
  private var isOpen = false
  private var reader: RecordReader
  private var table: ColumnTable
  private var instructions: NaturalInstructions?
  private var induction: InstructionInduction
  private var hard: BigBenchHard?
  private var done: [ImportedTask] = []

  package init(_ kind: ImportKind, settings: ImportSettings = ImportSettings()) {
    self.kind = kind
    self.settings = settings
    reader = RecordReader(kind, settings)
    table = ColumnTable(limit: settings.limit, seed: settings.seed)
    induction = InstructionInduction(settings: settings)
  }

  /// - Parameter file: As messages name it; the task's name comes from it.
  package mutating func begin(_ file: String) {
    self.file = file
    if files == 0 || kind.isTaskPerFile { firstFile = file }
    files += 1
    start = []
    isOpen = false
    switch kind {
    case .naturalInstructions: instructions = NaturalInstructions(file: file, settings: settings)
    case .instructionInduction: induction.begin(file)
    case .bbh: hard = BigBenchHard(file: file, settings: settings)
    default:
      if kind.isTaskPerFile {
        reader = RecordReader(kind, settings)
        table = ColumnTable(limit: settings.limit, seed: settings.seed)
      }
      reader.begin(file)
    }
  }

  /// - Throws: `InputError` naming file and line of bytes that cannot be read.
  package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(InputError) {
    guard isFormatted else {
      var table = table
      // The copy in `self` would be copied at every record.
      self.table = ColumnTable(limit: 1, seed: 0)
      try reader.feed(bytes) { record throws(InputError) in try table.add(record) }
      self.table = table
      return
    }
    guard !isOpen else { return try feedFormatted(bytes) }
    // A few bytes tell the encoding.
    start += bytes
    if start.count >= 256 { try open() }
  }

  private mutating func open() throws(InputError) {
    isOpen = true
    let skipped = try Encoding.begin(start, file: file)
    let buffered = start
    start = []
    try feedFormatted(buffered[skipped...])
  }

  private mutating func feedFormatted(_ bytes: ArraySlice<UInt8>) throws(InputError) {
    switch kind {
    case .naturalInstructions: try instructions?.feed(bytes)
    case .bbh: try hard?.feed(bytes)
    default: try induction.feed(bytes)
    }
  }

  private var isFormatted: Bool {
    kind == .naturalInstructions || kind == .instructionInduction || kind == .bbh
  }

  /// - Throws: `InputError` when the file ends too early, or holds no task where each file is one.
  package mutating func end() throws(InputError) {
    if isFormatted {
      if !isOpen { try open() }
    } else {
      var table = table
      try reader.end { record throws(InputError) in try table.add(record) }
      self.table = table
    }
    switch kind {
    case .naturalInstructions:
      if var instructions { done.append(try instructions.finish()) }
    case .bbh:
      if var hard { done.append(try hard.finish()) }
    case .instructionInduction: try induction.end()
    case .lmEval: done.append(try assembled())
    default: break
    }
  }

  private func assembled() throws(InputError) -> ImportedTask {
    var assembly = TaskAssembly(
      table, settings: settings, kind: kind, file: firstFile, labelNames: reader.labelNames,
      notes: reader.notes)
    return try assembly.task()
  }

  /// The tasks, one for all files or one for each.
  ///
  /// - Throws: `InputError` when the data cannot be made into a task, with what would be accepted.
  package mutating func tasks() throws(InputError) -> [ImportedTask] {
    switch kind {
    case .naturalInstructions, .bbh, .lmEval: return done
    case .instructionInduction: return [try induction.finish()]
    default: return [try assembled()]
    }
  }
}
