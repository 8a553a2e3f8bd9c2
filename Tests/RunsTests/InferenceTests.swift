import Basics
import Estimation
import Models
import Statistics
import Testing

@testable import Runs

struct InferenceTests {
  @Test func `a study says nothing of inference where all is usual`() throws {
    #expect(!Study.sample().json.compact.contains("inference"))
  }

  @Test func `a study is read as it was written`() throws {
    var study = Study.sample()
    study.inference.confidence = 0.9
    study.inference.until = 0.02
    study.inference.gates.maxSpread = 0.1
    study.inference.gates.minAccuracy = 0.6
    study.inference.gates.minMedian = 0.7
    study.inference.gates.basis = .point
    study.inference.stopsEarly = false
    study.inference.estimatesDistribution = true
    let reader = JSONReader(
      try JSON.parse(Array(study.json.pretty().utf8), file: "study.json"), file: "study.json")
    #expect(try Study(reader) == study)
  }

  @Test(arguments: [
    (#"{"until": 2}"#, "$.until: expected a number from 0 to 1, found 2"),
    (#"{"confidence": 1}"#, "$.confidence: expected a number between 0 and 1, found 1"),
    (#"{"gate": "maybe"}"#, "$.gate"), (#"{"max_sprad": 0.1}"#, "did you mean 'max_spread'?"),
  ])
  func `a wrong figure is named`(_ text: String, _ message: String) throws {
    let reader = JSONReader(try JSON.parse(text), file: "study.json")
    let error = #expect(throws: InputError.self) { _ = try Inference(reader) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func `only what decides which cells are asked is part of the digest`() {
    let plain = Study.sample()
    var said = plain
    said.inference.confidence = 0.9
    said.inference.estimatesDistribution = true
    said.inference.gates.maxSpread = 0.1
    said.inference.stopsEarly = false
    #expect(said.digest == plain.digest)
    var stopping = said
    stopping.inference.stopsEarly = true
    #expect(stopping.digest != plain.digest)
    var until = plain
    until.inference.until = 0.1
    #expect(until.digest != plain.digest)
  }

  @Test(
    arguments: [(SearchKind.full, nil), (.uniform, 150), (.adaptive, 150)] as [(SearchKind, Int?)])
  func `a run that stops early asks the same at any concurrency and after an interruption`(
    _ search: SearchKind, _ budget: Int?
  ) async throws {
    var study = Study.sample([.fixed], search: search, budget: budget)
    study.inference.gates.maxSpread = 0.95
    study.inference.gates.minAccuracy = 0.02
    let plan = try Plan.sample(study)
    var results: [Set<EvaluationRecord>] = []
    for concurrency in [1, 16] {
      var script = ScriptedModel.Script()
      script.isDisorderly = concurrency > 1
      let model = ScriptedModel(script)
      let session = try await withFolder {
        try await conduct(plan, in: $0, model: model, concurrency: concurrency)
      }
      results.append(session.records.timeless)
    }
    #expect(results[0] == results[1])
    #expect(results[0].count <= plan.evaluations)
    let model = ScriptedModel()
    try await withFolder { folder in
      _ = try await conduct(plan, in: folder, model: model)
      let again = try await conduct(plan, in: folder, model: model)
      #expect(again.summary.evaluated == 0)
      #expect(again.summary.reused == results[0].count)
    }
  }
}
