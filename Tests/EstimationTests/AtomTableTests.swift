import Basics
import Estimation
import Testing

struct AtomTableTests {
  @Test func `comma-separated atoms are numbered by appearance`() throws {
    let table = try AtomTable(
      "template,casing,\"space, or not\"\n0,upper,\" , \"\n1,lower, \n2,upper, \n", file: "f.csv",
      arms: 3)
    #expect(table.attributes == ["casing", "space, or not"])
    #expect(table.values == [[0, 0], [1, 1], [0, 1]])
  }

  @Test func `an original that is not listed gets values of its own`() throws {
    let table = try AtomTable("a\r\nx\r\ny\r\nx\r\n", file: "f.csv", arms: 4)
    #expect(table.values == [[0], [1], [2], [1]])
  }

  @Test func `JSON atoms are found inside an object`() throws {
    let table = try AtomTable(
      #"{"task":"t","attributes":["a","b"],"rows":[{"a":"x","b":1},{"b":2,"a":"x"}]}"#,
      file: "f.json", arms: 2)
    #expect(table.attributes == ["a", "b"])
    #expect(table.values == [[0, 0], [0, 1]])
  }

  @Test(arguments: [
    ("", "f: empty; a header line with the attributes is expected"),
    ("a,b\n1\n", "f:2: 1 values, but the header names 2"),
    ("a\nx\n", "f: 1 formats, but the matrix has 9 rows"),
    (#"{"a":1}"#, "f: $: expected one list of objects, the formats, found 0"),
    (#"[{"a":1},{"b":1}]"#, "f: $[1]: expected the attributes a"),
  ])
  func `a bad file is refused with its place`(_ text: String, _ message: String) {
    #expect(throws: InputError(message)) { try AtomTable(text, file: "f", arms: 9) }
  }

  @Test(.enabled(if: SharedData.isThere, "the shared reference data are not beside the package"))
  func `the atoms of the reference matrices are read`() throws {
    let json = "data/matrices/factor_task309.assignments.json"
    let table = try AtomTable(SharedData.text(json), file: json, arms: 320)
    #expect(table.attributes.count == 9 && table.values.count == 320)
    let csv = "data/real/format-factors.csv"
    let real = try AtomTable(SharedData.text(csv), file: csv, arms: 40)
    #expect(real.attributes.count == 6 && real.values[0] != real.values[1])
  }
}
