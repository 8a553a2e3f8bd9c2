import Basics
import Foundation
import Testing

@testable import Runs

struct RunDirectoryTests {
  @Test func `a new directory gets the study and its formats`() async throws {
    try await withFolder { folder in
      let plan = try Plan.sample(.sample([.fixed, .labels]))
      let directory = RunDirectory(folder + "/a/b")
      #expect(!directory.hasStudy)
      #expect(try directory.open(plan) == false)
      #expect(try directory.study() == plan.study)
      let formats = try directory.formats()
      #expect(formats.keys.sorted() == ["fixed", "labels"])
      #expect(formats["labels"] == plan.tasks[1].formatLines)
      #expect(try directory.open(plan) == true)
    }
  }

  @Test func `format lines read back as they were written`() throws {
    let lines = try Plan.sample(.sample([.labels], formats: 40)).tasks[0].formatLines
    #expect(lines.count == 40)
    for line in lines {
      let json = try JSON.parse(line.json.compact)
      #expect(try FormatLine(JSONReader(json, file: "formats.jsonl")) == line)
    }
  }

  @Test func `another study is refused with what differs`() async throws {
    try await withFolder { folder in
      let directory = RunDirectory(folder + "/run")
      _ = try directory.open(try Plan.sample(.sample()))
      let other = try Plan.sample(.sample(formats: 9, seed: 6))
      #expect(
        throws: InputError(
          "\(folder)/run: holds the run of another study: formats 8 (here 9), seed 5 (here 6); "
            + "give another --out, or the same options to continue")
      ) { try directory.open(other) }
    }
  }

  @Test func `a directory with other things in it is refused`() async throws {
    try await withFolder { folder in
      try TextFile.replace(folder + "/thesis.tex", with: "text")
      #expect(
        throws: InputError("\(folder): is not empty and holds no run; give another --out")
      ) { try RunDirectory(folder).open(try Plan.sample(.sample())) }
    }
  }

  @Test func `what a killed run left while it was being made is no hindrance`() async throws {
    let plan = try Plan.sample(.sample())
    try await withFolder { folder in
      for name in ["formats.jsonl", "lock", ".dat.nosync1234.abc"] {
        try TextFile.replace("\(folder)/\(name)", with: "half")
      }
      let directory = RunDirectory(folder)
      #expect(try directory.open(plan) == false)
      #expect(try directory.formats()["fixed"] == plan.tasks[0].formatLines)
    }
  }

  @Test func `a directory that cannot be made says why`() async throws {
    try await withFolder { folder in
      try TextFile.replace(folder + "/file", with: "text")
      let plan = try Plan.sample(.sample())
      #expect(
        throws: InputError("\(folder)/file/run: the directory cannot be made (Not a directory)")
      ) { try RunDirectory(folder + "/file/run").open(plan) }
      #expect(
        throws: InputError("\(folder)/file: is a file; give another --out")
      ) { try RunDirectory(folder + "/file").open(plan) }
    }
  }

  /// The superuser may write everywhere, so that the refusal cannot be provoked.
  @Test(.enabled(if: geteuid() != 0))
  func `a directory that cannot be written says why`() async throws {
    try await withFolder { folder in
      chmod(folder, 0o555)
      defer { chmod(folder, 0o755) }
      let plan = try Plan.sample(.sample())
      #expect(
        throws: InputError("\(folder)/run: the directory cannot be made (Permission denied)")
      ) { try RunDirectory(folder + "/run").open(plan) }
    }
  }

  @Test func `a directory without a study holds no run`() async throws {
    try await withFolder { folder in
      #expect(throws: InputError("\(folder): holds no run (no study.json)")) {
        try RunDirectory(folder).study()
      }
    }
  }

  @Test func `formats that are out of order are refused`() async throws {
    try await withFolder { folder in
      let lines = try Plan.sample(.sample()).tasks[0].formatLines
      try TextFile.replace(
        folder + "/formats.jsonl",
        with: lines[0].json.compact + "\n" + lines[2].json.compact + "\n")
      #expect(
        throws: InputError("\(folder)/formats.jsonl:2: $: format 2 is out of order")
      ) { try RunDirectory(folder).formats() }
    }
  }
}
