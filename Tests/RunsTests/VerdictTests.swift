import Models
import Prompts
import Synchronization
import Tasks
import Testing

@testable import Runs

struct VerdictTests {
  @Test func `ranking stores the scores, the choice and the method`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels, .texts], formats: 3))
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel())
    }
    #expect(session.records.count == 180)
    for record in session.records {
      let task = try #require(plan.tasks.first { $0.name == record.task })
      let prompt = try #require(task.writer(record.format)).prompt(record.example)
      let scores = ScriptedModel.scores(
        ScoreRequest(prompt: prompt.text, continuations: prompt.options))
      #expect(record.scores.map(\.logProbability) == scores.map(\.logprob))
      #expect(record.scores.map(\.bytes) == prompt.options.map(\.utf8.count))
      let values = zip(scores, prompt.options).map { score, option in
        task.name == "texts" ? score.logprob / Double(option.utf8.count) : score.logprob
      }
      let best = try #require(values.max())
      #expect(record.choice == values.firstIndex(of: best))
      #expect(record.prediction == record.choice.map { prompt.options[$0] })
      #expect(record.isCorrect == (prompt.answer == .option(try #require(record.choice))))
      #expect(record.method == "process")
      #expect(record.verdict == nil)
      #expect(!record.isTied)
    }
  }

  @Test func `a tie goes to the first option and is marked`() async throws {
    var script = ScriptedModel.Script()
    script.scores = { request in
      request.continuations.map { _ in OptionScore(logprob: -2, tokens: 1) }
    }
    let model = ScriptedModel(script)
    let plan = try Plan.sample(.sample(formats: 2))
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    #expect(session.records.allSatisfy { $0.isTied && $0.choice == 0 && $0.prediction == "yes" })
  }

  @Test(arguments: SampleTask.allCases)
  func `generation stores the text and its verdict`(_ task: SampleTask) async throws {
    let plan = try Plan.sample(
      .sample([task], scoring: .generate(.prefix, maxTokens: 4), formats: 4))
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel())
    }
    #expect(session.records.count == 80)
    for record in session.records {
      let prompt = try #require(plan.tasks[0].writer(record.format)).prompt(record.example)
      let text = ScriptedModel.text(prompt.text)
      #expect(record.prediction == text)
      let verdict = AnswerMatch.prefix.verdict(
        text, answer: prompt.answerText, options: prompt.options)
      #expect(record.verdict == verdict.name)
      #expect(record.isCorrect == verdict.right)
      #expect(record.tokens == 3)
      #expect(record.method == "generate")
      #expect(record.scores.isEmpty)
    }
    if task != .texts { #expect(Set(session.records.map(\.verdict)).count > 1) }
  }

  @Test func `an option that is censored and could win fails its cell`() async throws {
    var script = ScriptedModel.Script()
    script.scoring = .firstToken
    script.scores = { request in
      let odd = fingerprint(request.prompt) % 2 == 1
      return [
        OptionScore(logprob: -1, tokens: 1),
        OptionScore(logprob: odd ? -0.5 : -1.5, tokens: 1, censored: true),
      ]
    }
    let model = ScriptedModel(script)
    let plan = try Plan.sample(.sample(formats: 4))
    let session = try await withFolder { try await conduct(plan, in: $0, model: model) }
    let failed = session.records.filter { $0.isCorrect == nil }
    #expect(failed.count > 10 && failed.count < 70)
    #expect(
      failed.allSatisfy {
        $0.error == "the option 'no' is not among the model's alternatives, and could be the answer"
      })
    #expect(
      session.records.filter { $0.isCorrect != nil }
        .allSatisfy { $0.choice == 0 && $0.censored == [1] })
  }

  @Test(arguments: [nil, .single, .turns] as [Study.ServerChoice.Chat?])
  func `turns are sent only where the study asks for them`(
    _ chat: Study.ServerChoice.Chat?
  ) async throws {
    var study = Study.sample(formats: 1, examples: 1)
    study.server.chat = chat
    let plan = try Plan.sample(study)
    let asked = Mutex<[ScoreRequest]>([])
    var script = ScriptedModel.Script()
    script.scores = { request in
      asked.withLock { $0.append(request) }
      return ScriptedModel.scores(request)
    }
    let model = ScriptedModel(script)
    _ = try await withFolder { try await conduct(plan, in: $0, model: model) }
    let requests = asked.withLock { $0 }
    #expect(requests.count == 1)
    let request = try #require(requests.first)
    guard chat == .turns else {
      #expect(request.turns.isEmpty)
      return
    }
    #expect(
      request.turns.map(\.role) == [.system, .user, .assistant, .user, .assistant, .user])
    #expect(request.turns[0].text == "Answer.")
    for (turn, example) in zip([1, 3, 5], plan.tasks[0].split.demonstrations + [request.example]) {
      #expect(request.turns[turn].text == "Question: Is \(example) even?\nAnswer: ")
    }
    for (turn, example) in zip([2, 4], plan.tasks[0].split.demonstrations) {
      #expect(request.turns[turn].text == (example % 2 == 0 ? "yes" : "no"))
    }
  }
}

extension ScoreRequest {
  /// The number that the last question of a prompt of the task `fixed` asks about.
  fileprivate var example: Int {
    let words = prompt.split(whereSeparator: { !$0.isNumber })
    return words.last.flatMap { Int($0) } ?? -1
  }
}
