import Basics
import Runs

/// The options that say how formats are chosen and what prompts vary beside their atoms.
enum DesignOptions {
  static let all: [Subcommand.Option] = [
    .init(
      name: "--design", value: "D",
      help:
        "'random' formats (default), or 'sobol': random formats, each followed by changes of one "
        + "attribute alone, for 'attribute'."),
    .init(
      name: "--axis", value: "A=V,V…",
      help: "Vary prompts beside their atoms; one value holds an axis fixed, several are swept: "
        + StudyAxis.allCases.map { "\($0.rawValue) (\($0.accepted))" }.joined(separator: "; ")
        + ".", isRepeated: true),
  ]

  static func apply(_ arguments: Arguments, to study: inout Study) throws(InputError) {
    study.design = try arguments.choice("--design", of: StudyDesign.self) ?? .random
    study.axes = try StudyAxes(arguments.texts("--axis"))
  }
}
