import Estimation
import Runs
import Statistics

extension RunReport {
  /// A table for a paper: one line a task, accuracies in percent; needs the package `booktabs`.
  package var latex: String {
    var text = """
      % Made by formatspread \(LaTeX.comment(version)) from study \(study.digest.prefix(12)).
      \\begin{table}
        \\centering
        \\begin{tabular}{lrrrrrrrl}
          \\toprule
          Task & Formats & Lowest & Median & Original & Highest & Spread & Noise only & $p$ \\\\
          \\midrule

      """
    for task in tasks {
      func figure(_ value: Double?) -> String { value.map(points) ?? "--" }
      let cells = [
        LaTeX.text(task.name), grouped(task.distribution?.formats ?? 0),
        figure(task.lowest?.estimate), figure(task.shownDistribution?.median),
        figure(task.original?.accuracy), figure(task.highest?.estimate), figure(task.spread),
        figure(task.test?.noise.mean),
        task.test.map { "$\(probability($0.cochran.pValue))$" } ?? "--",
      ]
      text += "    " + cells.joined(separator: " & ") + " \\\\\n"
    }
    text += """
          \\bottomrule
        \\end{tabular}
        \\caption{\(caption)}
        \\label{tab:format-spread}
      \\end{table}

      """
    return text
  }

  private var caption: String {
    var text =
      "Accuracy of \(LaTeX.text(model ?? "the model")) in \\% depending on the prompt format "
    text += "(\(LaTeX.text(study.scoring.summary)), \(counted(study.shots, "demonstration")), "
    text +=
      "\(study.search == .full ? "every format on every example" : LaTeX.text(study.search.rawValue) + " search")). "
    text +=
      "Spread is highest minus lowest in points; noise only is the spread to expect if formats "
    text += "made no difference; $p$ by Cochran's Q."
    return text
  }
}

/// Text inside of LaTeX documents.
enum LaTeX {
  /// A name on one line with every special sign written out.
  static func text(_ name: String) -> String {
    var shown = ""
    for scalar in VisibleText.name(name, limit: 120).unicodeScalars {
      switch scalar {
      case "\\": shown += "\\textbackslash{}"
      case "~": shown += "\\textasciitilde{}"
      case "^": shown += "\\textasciicircum{}"
      case "<": shown += "\\textless{}"
      case ">": shown += "\\textgreater{}"
      case "|": shown += "\\textbar{}"
      case "\"": shown += "\\textquotedbl{}"
      case "&", "%", "$", "#", "_", "{", "}": shown += "\\\(scalar)"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Text behind a percent sign, which a line break would end.
  static func comment(_ text: String) -> String { VisibleText.name(text, limit: 60) }
}
