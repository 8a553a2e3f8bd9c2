import Basics
import Formats
import Foundation
import Models
import Prompts
import Runs

/// `tasks check`: findings on standard output, one line each; what the task looks like beside them.
enum TasksCheck {
  static let options: [Subcommand.Option] = [context] + ModelOptions.all.map(counting)

  private static let context = Subcommand.Option(
    name: "--context", value: "N",
    help: "Warn of prompts with more tokens (default 4,096; guessed from bytes without a backend).")

  /// A model's option as this command means it.
  private static func counting(_ option: Subcommand.Option) -> Subcommand.Option {
    guard option.name == "--backend" else { return option }
    return Subcommand.Option(
      name: "--backend", value: "B",
      help: "Count the longest prompt's tokens by this model: 'reference', 'process:COMMAND' or a "
        + "server's address.", isRepeated: true)
  }

  static func run(_ arguments: Arguments) async throws -> Int32 {
    let files = arguments.positionals.dropFirst()
    guard !files.isEmpty else {
      throw InputError("tasks check: expected a task file; usage: formatspread tasks check FILE…")
    }
    let (grammar, _) = try Loading.grammar(arguments.text("--grammar"))
    let context = try arguments.number("--context", from: 1) ?? 4_096
    var status = Tool.Status.done
    var reviews: [JSON] = []
    for given in files {
      let document = try TextFile.json(try Bundled.taskFile(given))
      var review = TaskReview.review(
        document: document, grammar: grammar, context: context,
        structureFile: Loading.structureFile)
      var tokens: Int?
      if arguments.has("--backend"), let sheet = review.sheet {
        tokens = try await count(sheet.longestPrompt, arguments)
        if let tokens, tokens > 0 {
          review = TaskReview.review(
            document: document, grammar: grammar, context: context,
            bytesPerToken: Double(sheet.longestBytes) / Double(tokens),
            structureFile: Loading.structureFile)
        }
      }
      if review.count(.error) > 0 { status = Tool.Status.usage }
      if arguments.has("--json") {
        reviews.append(review.json(tokens: tokens))
      } else {
        Output.data((review.lines + [review.summary]).joined(separator: "\n") + "\n")
        if let sheet = review.sheet {
          Output.line("\n" + sheet.lines(tokens: tokens).joined(separator: "\n"))
        }
      }
    }
    if arguments.has("--json") { Output.data(JSON.array(reviews).pretty()) }
    return status
  }

  /// The prompt's tokens as the model counts a continuation; nil where it cannot score one.
  private static func count(_ prompt: String, _ arguments: Arguments) async throws -> Int? {
    let specification = try ModelOptions.specification(arguments)
    let model = try ModelOptions.model(
      arguments, specification, try ModelOptions.choice(arguments, specification), errorLog: nil
    ) { Output.line("formatspread: \($0)") }
    do {
      let capabilities = try await model.hello()
      guard capabilities.scoring != nil, capabilities.scoring != .firstToken else {
        Output.line("formatspread: \(capabilities.name) does not tell the tokens of a prompt")
        await model.close()
        return nil
      }
      let scores = try await model.score(ScoreRequest(prompt: "\n", continuations: [prompt]))
      await model.close()
      return scores.first?.tokens
    } catch {
      await model.close()
      throw error
    }
  }
}
