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
    .init(
      name: "--demonstration-seed", value: "D",
      help:
        "Another choice and order of the demonstrations, 1, 2 …, with the same formats and examples, "
        + "for 'compare' (default 0; short for --axis demonstrations=D)."),
  ]

  static func apply(_ arguments: Arguments, to study: inout Study) throws(InputError) {
    study.design = try arguments.choice("--design", of: StudyDesign.self) ?? .random
    var axes = arguments.texts("--axis")
    if let seed = try arguments.number("--demonstration-seed") {
      let name = "\(StudyAxis.demonstrations.rawValue)="
      if let swept = axes.first(where: { $0.hasPrefix(name) && $0.contains(",") }) {
        throw InputError(
          "--demonstration-seed \(seed): '--axis \(swept)' sweeps the demonstrations; give one of the two"
        )
      }
      // A held axis comes from the file of --config, which the command line replaces.
      axes.removeAll { $0.hasPrefix(name) }
      if seed > 0 { axes.append("\(name)\(seed)") }
    }
    study.axes = try StudyAxes(axes)
  }
}
