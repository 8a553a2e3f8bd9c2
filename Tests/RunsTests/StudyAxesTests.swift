import Basics
import Formats
import Testing

@testable import Runs

@Suite struct StudyAxesTests {
  @Test(arguments: [
    ("order=given", "--axis 'order=given': expected AXIS=VALUE,VALUE…"),
    (
      "instruction=top,above",
      "--axis instruction: unknown value 'above'; accepted: top, query or none"
    ),
    ("option-order=gold-0", "--axis option-order: unknown value 'gold-0'; accepted: given"),
    ("demonstrations=-1", "--axis demonstrations: unknown value '-1'"),
  ])
  func `a wrong axis is named with what is accepted`(_ text: String, _ message: String) {
    let error = #expect(throws: InputError.self) { try StudyAxes([text]) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test func `axes are written as they are read, and a study without them does not name them`()
    throws
  {
    var study = Study.sample()
    let plain = study.digest
    #expect(!study.json.compact.contains("axis"))
    #expect(!study.json.compact.contains("design"))
    study.axes = try StudyAxes(["separator=\\n\\n,\\n---\\n", "instruction=top,none"])
    study.design = .sobol
    #expect(study.digest != plain)
    #expect(try Study(JSONReader(study.json, file: "s.json")) == study)
    #expect(study.axes.texts == ["instruction=top,none", "separator=\\n\\n,\\n---\\n"])
  }

  @Test func `the own format has the first values, and swept axes are atoms`() throws {
    var study = Study.sample()
    study.axes = try StudyAxes(["instruction=top,query,none", "separator=\\n"])
    let task = try Plan.sample(study).tasks[0]
    let values = task.formatLines.map { line in
      line.atoms.first { $0.attribute == "instruction" }?.value
    }
    #expect(values[0] == "top")
    #expect(Set(values) == ["top", "query", "none"])
    // An axis that is held fixed tells no formats apart.
    #expect(task.formatLines.allSatisfy { $0.atoms.allSatisfy { $0.attribute != "separator" } })
  }

  @Test func `where formats run out, axes make more of them, all different`() throws {
    var study = Study.sample()
    study.formats = 100_000
    let alone = try Plan.sample(study).tasks[0].formats.count
    study.axes = try StudyAxes(["instruction=top,none", "demonstrations=0,1"])
    study.formats = 2 * alone
    let lines = try Plan.sample(study).tasks[0].formatLines
    #expect(lines.count == 2 * alone)
    #expect(
      Set(lines.map { $0.template + $0.atoms.map { "|\($0.value)" }.joined() }).count == lines.count
    )
  }

  @Test func `a designed study changes one place of a base at a time`() throws {
    var study = Study.sample()
    study.design = .sobol
    study.formats = 60
    study.axes = try StudyAxes(["instruction=top,none"])
    let lines = try Plan.sample(study).tasks[0].formatLines
    #expect(lines[0].base == nil)
    #expect(lines.count > 4)
    for line in lines {
      guard let base = line.base else { continue }
      let different = zip(line.atoms, lines[base.index].atoms).filter { $0 != $1 }
      #expect(different.map(\.0.attribute) == [base.attribute])
      #expect(base.values > 1)
      #expect(try FormatLine(JSONReader(line.json, file: "f.jsonl")) == line)
    }
  }

  @Test(arguments: ["demonstrations=0,1", "separator=\\n,\\n\\n"])
  func `an axis that no prompt shows is refused`(_ axis: String) throws {
    var study = Study.sample()
    study.axes = try StudyAxes([axis])
    _ = try Plan.sample(study)
    study.shots = 0
    let error = #expect(throws: InputError.self) { try Plan.sample(study) }
    #expect(error?.message.hasSuffix("prompts have no demonstrations to vary; use --shots") == true)
    // One value holds the axis; that it does nothing is no mistake.
    study.axes = try StudyAxes([String(axis.prefix { $0 != "," })])
    _ = try Plan.sample(study)
  }
}
