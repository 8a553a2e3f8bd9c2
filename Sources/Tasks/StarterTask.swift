import Basics

/// Commented tasks to start from, one for each common shape.
package enum StarterTask {
  package enum Shape: String, Sendable, Hashable, CaseIterable {
    case sentiment
    case entailment
    case multipleChoice = "multiple-choice"
    case extraction
    case arithmetic

    package var summary: String {
      switch self {
      case .sentiment: "one text, a few labels"
      case .entailment: "two texts, their relation"
      case .multipleChoice: "a question with its own labelled options"
      case .extraction: "a passage and a question, the answer is free text"
      case .arithmetic: "a sum, the answer is a number"
      }
    }

    fileprivate var instruction: String {
      switch self {
      case .sentiment: "Is the review positive or negative?"
      case .entailment: "Does the premise entail the hypothesis? Answer yes, no or maybe."
      case .multipleChoice: "Answer with {choices.1}, {choices.2} or {choices.3}."
      case .extraction: "Answer the question with words of the passage."
      case .arithmetic: "Work out the sum."
      }
    }

    fileprivate var template: String {
      switch self {
      case .sentiment: "Review: {review}\nSentiment: {answer}"
      case .entailment: "Premise: {premise}\nHypothesis: {hypothesis}\nEntailed: {answer}"
      case .multipleChoice:
        "Question: {question}\nOptions:\nA. {choices.1}\nB. {choices.2}\nC. {choices.3}\nAnswer: {answer}"
      case .extraction: "Passage: {passage}\nQuestion: {question}\nAnswer: {answer}"
      case .arithmetic: "Sum: {sum}\nResult: {answer}"
      }
    }

    fileprivate var options: JSON? {
      switch self {
      case .sentiment: .strings(["positive", "negative"])
      case .entailment: .strings(["yes", "no", "maybe"])
      case .multipleChoice: .string("choices")
      case .extraction, .arithmetic: nil
      }
    }

    fileprivate var aboutOptions: String {
      switch self {
      case .sentiment, .entailment: "options: the possible answers, the same for every example."
      case .multipleChoice:
        "options: the list that the template shows; the model says the label of the right item, "
          + "whatever the format's numbering makes of it. 'answer' is the item's text, or its position "
          + "from 1. The instruction names labels as {choices.1}; they follow the numbering too."
      case .extraction, .arithmetic:
        "options: left out, so the answer is any text; the model generates it, and --match says how "
          + "it is compared."
      }
    }
  }

  /// The file's text.
  ///
  /// - Parameters:
  ///   - shape: What the task looks like.
  ///   - name: The task's name.
  /// - Returns: A task in the native schema that runs as it is.
  package static func text(_ shape: Shape, name: String) -> String {
    TaskDocument.text(
      .members([
        "$comment": .string(
          "A task of the shape '\(shape.rawValue)'. Write your own over it; keys that begin with "
            + "$comment are passed over. tasks/README.md explains every key."),
        "schema": .string(EvaluationTask.schema), "name": .string(name),
        "description": .string("What the task is, for readers."),
        "$comment instruction": .string(
          "instruction: stands above every prompt; may be left out."),
        "instruction": .string(shape.instruction),
        "$comment structure": .string(
          "structure: your prompt for one example, with {field} where its texts go and {answer} where "
            + "the answer goes. Its descriptors, separators and spaces are what the formats vary."),
        "structure": .members(["template": .string(shape.template)]),
        "$comment options": .string(shape.aboutOptions), "options": shape.options,
        "$comment examples": .string(
          "examples: ten are set aside as demonstrations (--pool), the others are evaluated; three "
            + "hundred give an accuracy to within about six points."),
        "examples": .array(examples(shape)),
      ]))
  }

  private static func examples(_ shape: Shape) -> [JSON] {
    rows(shape).map { row in
      var object = JSONObject()
      for (key, value) in zip(keys(shape), row) { object[key] = .string(value) }
      guard shape == .multipleChoice else { return .object(object) }
      object["choices"] = .strings(row[1].split(separator: "/").map(String.init))
      return .object(object)
    }
  }

  private static func keys(_ shape: Shape) -> [String] {
    switch shape {
    case .sentiment: ["review", "answer"]
    case .entailment: ["premise", "hypothesis", "answer"]
    case .multipleChoice: ["question", "choices", "answer"]
    case .extraction: ["passage", "question", "answer"]
    case .arithmetic: ["sum", "answer"]
    }
  }

  private static func rows(_ shape: Shape) -> [[String]] {
    switch shape {
    case .sentiment:
      [
        ["The soup came hot and the waiter smiled.", "positive"],
        ["The zip broke on the second day.", "negative"],
        ["A quiet room with a view of the bay.", "positive"],
        ["Two hours late, and nobody said sorry.", "negative"],
        ["My daughter reads it every evening.", "positive"],
        ["The paint came off in the first rain.", "negative"],
        ["Fits well and feels warm.", "positive"],
        ["I asked twice for my money back.", "negative"],
        ["The guide knew every stone of the castle.", "positive"],
        ["The screen flickers all the time.", "negative"],
        ["Best bread in the whole town.", "positive"],
        ["The bed was hard and the sheets were damp.", "negative"],
        ["It charges in ten minutes and lasts all week.", "positive"],
        ["The songs all sound the same, and none is good.", "negative"],
      ]
    case .entailment:
      [
        ["Two boys are swimming in a lake.", "Somebody is in the water.", "yes"],
        ["The shop is closed on Sundays.", "The shop is open every day.", "no"],
        ["A man is carrying a box.", "The box is heavy.", "maybe"],
        ["All the lamps in the street are lit.", "The street is dark.", "no"],
        ["Ana bought three red apples.", "Ana bought fruit.", "yes"],
        ["A girl is reading on the train.", "She is going to school.", "maybe"],
        ["The cat sleeps on the warm stove.", "The cat is asleep.", "yes"],
        ["It has not rained since May.", "It rained in June.", "no"],
        ["A woman is painting a wall.", "She is paid for it.", "maybe"],
        ["Four people sit at the table.", "The table is not empty.", "yes"],
        ["The bridge was built in 1890.", "The bridge is younger than ten years.", "no"],
        ["He put on a coat.", "It was snowing.", "maybe"],
        ["The dog ran after the ball.", "The dog moved.", "yes"],
        ["The jar is full to the brim.", "The jar is empty.", "no"],
      ]
    case .multipleChoice:
      [
        ["Which animal lays eggs?", "hen/cow/cat", "hen"],
        ["Which is the longest?", "hour/minute/day", "day"],
        ["Which grows underground?", "apple/carrot/cherry", "carrot"],
        ["What is ice made of?", "sand/water/wood", "water"],
        ["Which can fly?", "swallow/snail/seal", "swallow"],
        ["What do bees make?", "silk/milk/honey", "honey"],
        ["Which has strings?", "drum/violin/flute", "violin"],
        ["Which is a metal?", "iron/cotton/glass", "iron"],
        ["Where does a king sit?", "bench/stool/throne", "throne"],
        ["Which is hot?", "fire/snow/mist", "fire"],
        ["What has a trunk?", "mouse/elephant/goose", "elephant"],
        ["Which is round?", "book/brick/ball", "ball"],
        ["Which opens a lock?", "key/spoon/comb", "key"],
        ["What shows the time?", "map/clock/bell", "clock"],
      ]
    case .extraction:
      [
        ["Mira plants beans in April.", "What does Mira plant?", "beans"],
        ["The train to Basel leaves at noon.", "Where does the train go?", "Basel"],
        ["Old Tom paid forty pounds for the boat.", "How much was the boat?", "forty pounds"],
        ["The museum shows clocks on the first floor.", "What does the museum show?", "clocks"],
        ["Lena plays the cello in a trio.", "What does Lena play?", "the cello"],
        ["The river freezes in January.", "When does the river freeze?", "in January"],
        ["A fox took the grey hen.", "Who took the hen?", "a fox"],
        ["Our school has nine teachers.", "How many teachers are there?", "nine"],
        ["The letter came from Lisbon.", "Where did the letter come from?", "Lisbon"],
        ["Pia's bicycle is green.", "What colour is the bicycle?", "green"],
        ["The baker opens at six.", "When does the baker open?", "at six"],
        ["Ivo fears spiders.", "What does Ivo fear?", "spiders"],
        ["The tower is made of brick.", "What is the tower made of?", "brick"],
        ["Nora married a sailor.", "Whom did Nora marry?", "a sailor"],
      ]
    case .arithmetic:
      [
        ["3 + 4", "7"], ["12 + 5", "17"], ["9 + 9", "18"], ["20 + 31", "51"], ["7 + 8", "15"],
        ["44 + 6", "50"], ["13 + 13", "26"], ["2 + 19", "21"], ["60 + 25", "85"], ["5 + 6", "11"],
        ["31 + 14", "45"], ["8 + 16", "24"], ["27 + 3", "30"], ["18 + 21", "39"],
      ]
    }
  }
}
