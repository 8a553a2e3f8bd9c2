package import Basics

/// How likely the responses to all prompts of an example are after one of them: a line of `posix.jsonl`.
package struct CrossScore: Sendable, Hashable {
  package struct Response: Sendable, Hashable {
    package let text: String
    /// Of the whole response, in nats.
    package let logProbability: Double
    package let tokens: Int
  }

  package let task: String
  package let format: Int
  /// Position in the task's file.
  package let example: Int
  package let responses: [Response]

  package static let schema = "formatspread.posix/1"

  /// Everything that a run's `posix.jsonl` holds, by task; nothing where there is none.
  ///
  /// - Throws: `InputError` for a file of another study or with a line of another shape.
  package static func read(
    _ directory: RunDirectory, digest: String
  ) throws(InputError) -> [CrossScore] {
    var scores: [CrossScore] = []
    for line in try file(directory, digest: digest).lines() { scores.append(try CrossScore(line)) }
    return scores
  }

  static func file(_ directory: RunDirectory, digest: String) -> ExtraFile {
    ExtraFile(path: directory.file("posix.jsonl"), schema: schema, digest: digest)
  }

  var json: JSON {
    .members([
      "task": .string(task), "format": .integer(format), "example": .integer(example),
      "responses": .array(
        responses.map {
          .members([
            "text": .string($0.text), "logprob": .number($0.logProbability),
            "tokens": .integer($0.tokens),
          ])
        }),
    ])
  }

  init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: ["task", "format", "example", "responses"])
    task = try members.required("task", in: reader).string()
    format = try members.required("format", in: reader).int(in: 0...Int.max)
    example = try members.required("example", in: reader).int(in: 0...Int.max)
    var responses: [Response] = []
    for item in try members.required("responses", in: reader).items() {
      let response = try item.members(known: ["text", "logprob", "tokens"])
      responses.append(
        Response(
          text: try response.required("text", in: item).string(),
          logProbability: try response.required("logprob", in: item).double(),
          tokens: try response.required("tokens", in: item).int(in: 0...Int.max)))
    }
    self.responses = responses
  }

  init(task: String, format: Int, example: Int, responses: [Response]) {
    self.task = task
    self.format = format
    self.example = example
    self.responses = responses
  }
}

/// The representation of one prompt: a line of `embeddings.jsonl`.
package struct PromptEmbedding: Sendable, Hashable {
  package let task: String
  package let format: Int
  /// Position in the task's file.
  package let example: Int
  package let vector: [Float]

  package static let schema = "formatspread.embeddings/1"

  /// Everything that a run's `embeddings.jsonl` holds; nothing where there is none.
  ///
  /// - Throws: As `CrossScore.read`.
  package static func read(
    _ directory: RunDirectory, digest: String
  ) throws(InputError) -> [PromptEmbedding] {
    var found: [PromptEmbedding] = []
    for line in try file(directory, digest: digest).lines() {
      found.append(try PromptEmbedding(line))
    }
    return found
  }

  static func file(_ directory: RunDirectory, digest: String) -> ExtraFile {
    ExtraFile(path: directory.file("embeddings.jsonl"), schema: schema, digest: digest)
  }

  var json: JSON {
    .members([
      "task": .string(task), "format": .integer(format), "example": .integer(example),
      // A 32-bit number's own digits, not those of its 64-bit neighbour.
      "vector": .array(vector.map { .number(Double("\($0)") ?? Double($0)) }),
    ])
  }

  init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: ["task", "format", "example", "vector"])
    task = try members.required("task", in: reader).string()
    format = try members.required("format", in: reader).int(in: 0...Int.max)
    example = try members.required("example", in: reader).int(in: 0...Int.max)
    var vector: [Float] = []
    for item in try members.required("vector", in: reader).items() {
      vector.append(Float(try item.double()))
    }
    self.vector = vector
  }

  init(task: String, format: Int, example: Int, vector: [Float]) {
    self.task = task
    self.format = format
    self.example = example
    self.vector = vector
  }
}
