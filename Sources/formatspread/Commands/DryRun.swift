import Estimation
import Models
import Reports
import Runs

/// `run --dry-run`: the plan and what it will cost, before anything of it is asked.
struct DryRun {
  let plan: Plan
  let directory: RunDirectory
  let concurrency: Int?

  /// How many prompts are asked to time the model.
  private static let trial = 32

  /// Prints the plan, greets the model, times it with a few prompts and prints the time.
  func run(_ model: any Model) async throws -> Int32 {
    let estimates = plan.tasks.map(PlanEstimate.init)
    for estimate in estimates { Output.data(lines(estimate)) }
    let capabilities: Capabilities
    var trials: [PlanTrial] = []
    do {
      capabilities = try await model.hello()
      for task in plan.tasks {
        trials.append(
          try await PlanTrial(
            task, study: plan.study, model: model, count: Self.trial,
            concurrency: min(concurrency ?? Self.trial, capabilities.maxInFlight)))
      }
    } catch {
      await model.close()
      throw error
    }
    await model.close()
    let seconds = zip(estimates, trials).map { Double($0.evaluations) / $1.rate }.reduce(0, +)
    let asked = trials.map(\.answered).reduce(0, +)
    let spent = trials.map(\.seconds).reduce(0, +)
    Output.data(
      """
      Time         about \(shown(seconds: seconds)), if \(capabilities.name) goes on as it answered \
      \(asked) of these prompts (\(shown(seconds: spent)))
      Kept in      \(directory.path); nothing was stored yet

      """)
    return Tool.Status.done
  }

  private func lines(_ estimate: PlanEstimate) -> String {
    let full = estimate.formats * estimate.examples
    let share = full == estimate.evaluations ? "" : " of \(grouped(full)) cells"
    let options =
      estimate.options > 0
      ? "Options      \(shown(options: estimate.options)); where each is sent as a prompt of its own, "
        + "requests and tokens count as often\n"
      : ""
    return """
      Task         \(estimate.task): \(grouped(estimate.formats)) formats, \
      \(grouped(estimate.examples)) examples, search '\(plan.study.search.rawValue)'
      Evaluations  \(grouped(estimate.evaluations)) at most\(share)
      Prompts      \(grouped(Int(estimate.meanBytes.rounded()))) bytes on average, \
      \(grouped(estimate.mostBytes)) at most in a sample
      Tokens       about \(rounded(estimate.tokens)) in prompts, at four bytes a token
      \(options)
      """
  }

  private func shown(options: Double) -> String {
    options == options.rounded() ? String(Int(options)) : "\(decimal(options)) on average"
  }

  /// Two digits that count.
  private func rounded(_ count: Double) -> String {
    guard count >= 100 else { return String(Int(count.rounded())) }
    var scale = 1.0
    while count / scale >= 100 { scale *= 10 }
    return grouped(Int((count / scale).rounded() * scale))
  }

  private func shown(seconds: Double) -> String {
    switch seconds {
    case ..<10: "\(decimal(seconds)) s"
    case ..<120: "\(Int(seconds.rounded())) s"
    case ..<7_200: "\(Int((seconds / 60).rounded())) min"
    default: "\(decimal(seconds / 3_600)) h"
    }
  }
}
