import Basics
import Formats
import Tasks
import Testing

@testable import Importing

@Suite struct `Imports of every kind` {
  /// Lines `N` for N from 0, with the numbers put in for `#` and N mod 2, 3, 4 for `%2`, `%3`, `%4`.
  private func lines(_ pattern: String, _ count: Int = 12) -> String {
    (0..<count).map { index in
      pattern.replacing("#", with: "\(index)").replacing("%2", with: "\(index % 2)")
        .replacing("%3", with: "\(index % 3)").replacing("%4", with: "\(index % 4)")
        .replacing("%L", with: ["A", "B", "C", "D"][index % 4])
    }.joined(separator: "\n")
  }

  @Test func `a table becomes a task with a template from its column names`() throws {
    let task = try Imported.task(
      .csv, "id,review_text,label\n" + lines("#,\"It was #, \"\"so\"\"\nto say\",c%2"),
      file: "a/My data.csv")
    #expect(task.name == "My-data")
    #expect(task.template == "Review text: {review_text}\nLabel: {answer}")
    #expect(task.parts["options"] == #"["c0","c1"]"#)
    #expect(task.examples[1] == #"{"review_text":"It was 1, \"so\"\nto say","answer":"c1"}"#)
    #expect(
      task.notes == [
        "the answer is the column 'label'; --answer names another",
        "not shown: the column 'id' (it looks like an identifier)",
        "the template is 'Review text: {review_text}\\nLabel: {answer}'",
        "the options are 'c0', 'c1'",
      ])
    #expect(try task.task().examples.count == 12)
  }

  @Test func `a template names columns, and its last one is the answer`() throws {
    let task = try Imported.task(.tsv, "text\tmood\n" + lines("t#\tm%2")) {
      $0.template = #"{{Review}}: {text}\nSentiment: {mood}"#
    }
    #expect(task.template == "{{Review}}: {text}\nSentiment: {answer}")
    #expect(task.examples[0] == #"{"text":"t0","answer":"m0"}"#)
  }

  @Test func `byte-order marks and all line ends are read`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = "\u{FEFF}text,label\n" + lines("t#,%2")
      let task = try Imported.task(.csv, text.replacing("\n", with: end), size: 1)
      #expect(task.examples.last == #"{"text":"t11","answer":"1"}"#)
    }
  }

  @Test func `empty cells and ragged rows are counted and listed`() throws {
    let task = try Imported.task(
      .csv, "text,label\n" + lines("t#,%2") + "\n,0\nt,\nonly\nx,y,z\n", file: "d.csv")
    #expect(task.examples.count == 12)
    #expect(
      task.notes.suffix(3) == [
        "the options are '0', '1'", "left out 1 row (d.csv:14) without a text in 'text'",
        "left out 1 row (d.csv:15) without an answer in 'label'",
      ])
    #expect(
      task.notes.contains(
        "left out 2 rows (d.csv:16, d.csv:17) with another number of cells than the first row has"))
  }

  @Test func `options in columns, as positions, letters or texts`() throws {
    for (answers, count) in [("%4", "0"), ("%L", "1"), ("(%L)", "2")] {
      let task = try Imported.task(
        .csv, "question,A,B,C,D,answer\n" + lines("q#,w#,x#,y#,z#,\(answers)"))
      #expect(
        task.template
          == "Question: {question}\nOptions:\nA. {choices.1}\nB. {choices.2}\nC. {choices.3}"
          + "\nD. {choices.4}\nAnswer: {answer}", "\(count)")
      #expect(task.parts["options"] == #""choices""#)
      #expect(
        task.examples[1] == #"{"question":"q1","choices":["w1","x1","y1","z1"],"answer":"x1"}"#)
    }
    let task = try Imported.task(.csv, "goal,sol1,sol2,label\n" + lines("g#,a#,b#,%2")) {
      $0.template = #"{goal}\n1) {sol1}\n2) {sol2}\nBest: {label}"#
    }
    #expect(task.template == "{goal}\n1) {choices.1}\n2) {choices.2}\nBest: {answer}")
  }

  @Test func `options in lists, with labels of their own`() throws {
    let task = try Imported.task(
      .jsonl,
      lines(
        ##"{"q":"q#","choices":{"text":["w#","x","y","z"],"label":["A","B","C","D"]},"answerKey":"%L"}"##
      ))
    #expect(task.parts["options"] == #""choices_text""#)
    #expect(task.examples[3] == #"{"q":"q3","choices_text":["w3","x","y","z"],"answer":"z"}"#)
    #expect(
      task.notes.contains(
        "the options are those of each row in 'choices_text': answers are labels in 'choices_label'"
      ))
  }

  @Test func `rows with another number of options than most are left out`() throws {
    let rows =
      lines(##"{"q":"q#","choices":["w#","x","y","z"],"answer":%4}"##)
      + "\n" + #"{"q":"short","choices":["a","b"],"answer":0}"#
    let task = try Imported.task(.jsonl, rows, file: "d.jsonl")
    #expect(task.examples.count == 12)
    #expect(task.notes.last == "left out 1 row (d.jsonl:13) with 2 options, not 4")
  }

  @Test func `numbers as answers stay texts, and names can be given for them`() throws {
    let data =
      "[" + lines(##"{"text":"t#","label":%3,"score":0.5}"##).replacing("\n", with: ",") + "]"
    let plain = try Imported.task(.json, data)
    #expect(plain.parts["options"] == #"["0","1","2"]"#)
    #expect(plain.notes.contains("not shown: the column 'score' (the same in every row)"))
    let named = try Imported.task(.json, data) { $0.labels = ["no", "maybe", "yes"] }
    #expect(named.examples[2] == #"{"text":"t2","answer":"yes"}"#)
    #expect(
      message { _ = try Imported.task(.json, data) { $0.labels = ["a", "b"] } }
        == "--labels: 2 names for 3 answers in 'label' ('0', '1', '2')")
  }

  @Test func `a column that tells the answer in other words is not shown`() throws {
    let task = try Imported.task(
      .jsonl, lines(##"{"premise":"p#","hypothesis":"h#","label":%3,"label_text":"l%3"}"##))
    #expect(task.template == "Premise: {premise}\nHypothesis: {hypothesis}\nAnswer: {answer}")
    #expect(task.parts["options"] == #"["l0","l1","l2"]"#)
  }

  @Test func `an object of columns and an object that holds rows`() throws {
    let columns = try Imported.task(
      .json, #"{"text":["a","b","c","d"],"label":[0,1,0,1],"authors":["x"]}"#)
    #expect(columns.examples[3] == #"{"text":"d","answer":"1"}"#)
    let twice = #"{"train":[{"text":"a","label":"x"}],"test":[{"text":"b","label":"y"}]}"#
    #expect(
      message { _ = try Imported.task(.json, twice, file: "d.json") }
        == "d.json: $.test[0]: rows in 'train' and in 'test'; name one with --rows train")
  }

  @Test func `the hub's viewer gives the labels' names`() throws {
    let task = try Imported.task(
      .huggingface,
      #"{"features":[{"feature_idx":1,"name":"label","type":{"names":["neg","pos"],"_type":"ClassLabel"}}],"rows":["#
        + lines(##"{"row_idx":#,"row":{"text":"film #","label":%2},"truncated_cells":[]}"##)
        .replacing("\n", with: ",") + "]}")
    #expect(task.examples[1] == #"{"text":"film 1","answer":"pos"}"#)
    let lines = try Imported.task(.huggingface, lines(##"{"text":"film #","label":%2}"##))
    #expect(lines.examples[1] == #"{"text":"film 1","answer":"1"}"#)
  }

  @Test func `mmlu files need no column names`() throws {
    let task = try Imported.task(.mmlu, lines("What #?,w,x,y,z#,%L"))
    #expect(
      task.examples[3] == #"{"question":"What 3?","choices":["w","x","y","z3"],"answer":"z3"}"#)
    #expect(
      message { _ = try Imported.task(.mmlu, "a,b\n", file: "m.csv") }
        == "m.csv:1: expected 6 cells (question, A, B, C, D, answer), found 2")
  }

  @Test func `options are taken out of the inputs of BIG-bench Hard`() throws {
    let rows = lines(
      ##"{"input":"Which #?\nOptions:\n(A) w#\n(B) x\n(C) y\n(D) z","target":"(%L)"}"##
    ).replacing("\n{", with: ",{")
    let task = try Imported.task(
      .bbh, #"{"canary":"c","examples":["# + rows + #",{"input":"No options?","target":"(A)"}]}"#,
      file: "bbh.json")
    #expect(
      task.template
        == "Q: {input}\nOptions:\n(A) {choices.1}\n(B) {choices.2}\n(C) {choices.3}\n(D) {choices.4}\nA: "
        + "{answer}")
    #expect(task.examples[1] == #"{"input":"Which 1?","choices":["w1","x","y","z"],"answer":"x"}"#)
    #expect(
      task.notes.contains(
        "left out 1 instance (bbh.json: $.examples[12]) whose input does not have the template's form"
      ))
    let plain = try Imported.task(
      .bbh,
      #"{"examples":["# + lines(##"{"input":"not #","target":"T%2"}"##).replacing("\n", with: ",")
        + "]}")
    #expect(plain.template == "Q: {input}\nA: {answer}")
    #expect(plain.parts["options"] == #"["T0","T1"]"#)
  }

  @Test func `the samples of a harness, each document once`() throws {
    let row =
      ##"{"doc_id":#,"doc":{"question":"q#","label":%2},"target":"%2","arguments":[["q#"," no"],["q#"," yes"]],"acc":1}"##
    let task = try Imported.task(.lmEval, lines(row) + "\n" + lines(row), file: "s.jsonl")
    #expect(task.examples.count == 12)
    #expect(task.examples[1] == #"{"question":"q1","answer":"yes"}"#)
    #expect(task.parts["options"] == #"["no","yes"]"#)
    #expect(task.notes.contains("left out 12 rows that repeat a document"))
  }

  @Test func `both files of an instruction induction task, in either order`() throws {
    let annotations =
      #"{"annotations":["write the plural","Write the plural.","Write its plural!"]}"#
    let induce =
      #"{"metadata":{"num_examples":3},"examples":{"1":{"input":"cat","output":"cats"},"2":{"input":"dog","output":"dogs"},"3":{"input":"cow","output":"cows"}}}"#
    let files = [
      (name: "annotations/p.json", bytes: Array(annotations.utf8)),
      (name: "raw/induce/p.json", bytes: Array(induce.utf8)),
    ]
    for order in [files, files.reversed()] {
      let task = try #require(try Imported.tasks(.instructionInduction, order).first)
      #expect(task.name == "p")
      // Two wordings of one length: the first, as the released code takes it.
      #expect(task.parts["instruction"] == #""Write the plural.""#)
      #expect(task.template == "Input: {input}\nOutput: {answer}")
      #expect(task.examples[1] == #"{"input":"dog","answer":"dogs"}"#)
    }
    #expect(
      message { _ = try Imported.tasks(.instructionInduction, [files[0]]) }
        == "annotations/p.json: no 'examples'; give both files of the task, annotations/NAME.json and "
        + "raw/induce/NAME.json")
  }

  @Test func `many rows are sampled by the seed, however the bytes come`() throws {
    let data = "text,label\n" + lines("t#,%2", 5_000)
    func sample(_ seed: UInt64, size: Int) throws -> ImportedTask {
      try Imported.task(.csv, data, size: size) {
        $0.limit = 50
        $0.seed = seed
      }
    }
    let task = try sample(0, size: 10)
    #expect(task.examples.count == 50)
    #expect(try sample(0, size: 100_000).examples == task.examples)
    #expect(try sample(1, size: 10).examples != task.examples)
    #expect(task.notes.last == "drew 50 of 5000 rows by chance (--limit, --seed)")
    // In the order of the file.
    let numbers = task.examples.compactMap { example in
      Int(example.split(separator: "\"")[3].dropFirst())
    }
    #expect(numbers == numbers.sorted() && numbers.count == 50)
  }
}
