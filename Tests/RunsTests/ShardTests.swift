import Basics
import Estimation
import Models
import Testing

@testable import Runs

struct ShardTests {
  @Test(arguments: [("1/1", 1, 1), ("2/8", 2, 8), ("8/8", 8, 8), ("1000/1000", 1000, 1000)])
  func `a part is written as place and number`(_ text: String, _ index: Int, _ count: Int) throws {
    let shard = try Shard(text, environment: [:])
    #expect(shard.index == index)
    #expect(shard.count == count)
    #expect(shard.description == text)
  }

  @Test(arguments: ["", "0/4", "5/4", "-1/4", "1/0", "1", "1/2/3", "a/b", "1 /2", "Env"])
  func `anything else is refused`(_ text: String) {
    #expect(
      throws: InputError(
        "--shard \(quoted(text)): expected a part such as 2/8 (the second of eight), or env")
    ) { try Shard(text, environment: [:]) }
  }

  @Test(arguments: [
    (
      ["SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "4"],
      "3/4"
    ),
    (
      [
        "SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "4",
        "SLURM_ARRAY_TASK_STEP": "2",
      ], "4/4"
    ),
    (["JOB_COMPLETION_INDEX": "0", "FORMATSPREAD_SHARDS": "7"], "1/7"),
    (["JOB_COMPLETION_INDEX": "6", "FORMATSPREAD_SHARDS": "7"], "7/7"),
  ])
  func `a cluster's array says which part`(
    _ environment: [String: String], _ expected: String
  ) throws {
    #expect(try Shard("env", environment: environment).description == expected)
  }

  @Test(arguments: [
    [:], ["SLURM_ARRAY_TASK_ID": "1"], ["JOB_COMPLETION_INDEX": "1"],
    ["JOB_COMPLETION_INDEX": "7", "FORMATSPREAD_SHARDS": "7"],
    ["SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "4"],
    ["SLURM_ARRAY_TASK_ID": "x", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "4"],
  ])
  func `an environment that does not say it is refused`(_ environment: [String: String]) {
    #expect(throws: InputError.self) { try Shard("env", environment: environment) }
  }

  @Test(arguments: [0, 1, 2, 7, 100, 26_500_000], [1, 2, 3, 8, 1000])
  func `parts are disjoint, in order and equal to one`(_ total: Int, _ count: Int) throws {
    var end = 0
    var sizes: Set<Int> = []
    for index in 1...count {
      let range = try Shard("\(index)/\(count)", environment: [:]).range(of: total)
      #expect(range.lowerBound == end)
      end = range.upperBound
      sizes.insert(range.count)
    }
    #expect(end == total)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  static let searches: [(SearchKind, Int?)] = [
    (.full, nil), (.uniform, 70), (.balanced, 70), (.thompson, 90), (.adaptive, 90),
  ]

  @Test(arguments: searches, [1, 2, 3, 5])
  func `the shards of a study ask each of its cells once`(
    _ search: (SearchKind, Int?), _ count: Int
  ) async throws {
    let plan = try Plan.sample(
      .sample([.fixed, .labels, .texts], search: search.0, budget: search.1))
    let whole = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records
    }
    var parts: [EvaluationRecord] = []
    for index in 1...count {
      let part = plan.part(try Shard("\(index)/\(count)", environment: [:]))
      let records = try await withFolder {
        try await conduct(part, in: $0, model: ScriptedModel()).records
      }
      if search.0 != .thompson, search.0 != .adaptive {
        // What a search proposes in all is what the shards say of themselves.
        #expect(part.evaluations == records.count)
        #expect(abs(records.count - whole.count / count) <= 1)
      } else {
        #expect(Set(records.map(\.task)).count == part.tasks.count { $0.part == .whole })
      }
      #expect(part.isEmpty == records.isEmpty)
      parts += records
    }
    #expect(parts.count == whole.count)
    #expect(parts.timeless == whole.timeless)
  }

  @Test func `a shard that is stopped goes on where it was`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels])).part(
      try Shard("2/3", environment: [:]))
    try await withFolder { folder in
      let stop = StopRequest()
      var script = ScriptedModel.Script()
      script.afterAnswer = { if $0 == 20 { stop.ask() } }
      let first = try await conduct(plan, in: folder, model: ScriptedModel(script), stop: stop)
      #expect(first.summary.wasStopped)
      let second = try await conduct(plan, in: folder, model: ScriptedModel())
      #expect(second.summary.reused == first.records.count)
      #expect(second.records.count == plan.evaluations)
    }
  }
}
