package import Basics

/// A job's time limit as `sbatch --time` takes it.
package struct SlurmTime: Sendable, Hashable {
  /// As the user wrote it.
  package let text: String
  package let seconds: Int

  /// Reads `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`, `days-hours:minutes` or
  /// `days-hours:minutes:seconds` (sbatch(1), `--time`).
  ///
  /// - Throws: `InputError` naming the text and what would be accepted.
  package init(_ text: String) throws(InputError) {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    let fields = (halves.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Self.number($0) }
    let seconds: Int? =
      switch (halves.count, numbers.count) {
      case _ where numbers.count != fields.count: nil
      case (1, 1): numbers[0] * 60
      case (1, 2): numbers[0] * 60 + numbers[1]
      case (1, 3): numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
      case (2, 1...3):
        Self.number(halves[0]).map { days in
          days * 86_400 + zip(numbers, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        }
      default: nil
      }
    guard let seconds, seconds > 0 else {
      throw InputError(
        "--time \(quoted(text)): expected a time as sbatch takes it, such as 90 (minutes), 08:00:00 or "
          + "1-12:00:00")
    }
    self.text = text
    self.seconds = seconds
  }

  private static func number(_ digits: Substring) -> Int? {
    guard (1...6).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(digits)
  }

  /// Seconds from a job's start to the deadline of its run: a twentieth of the time is left, at least
  /// half a minute, at most half of the time, for ending the model server and the reports of the system.
  package var deadline: Int {
    seconds - min(seconds / 2, max(30, seconds / 20))
  }
}
