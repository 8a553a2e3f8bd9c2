/// One line about a run under way, from counts alone.
package struct ProgressLine: Sendable, Hashable {
  package var task: String
  /// Cells of the task with an outcome, reused ones among them.
  package var done: Int
  /// Cells that the search asks for at most.
  package var total: Int
  /// Cells that were answered in an earlier session.
  package var reused: Int
  package var failed: Int
  /// Since the first request, in seconds.
  package var elapsed: Double
  /// Lowest and highest accuracy so far among formats with enough answers, from 0 to 1.
  package var range: ClosedRange<Double>?
  /// Requests that wait for their answer.
  package var underWay: Int

  package init(
    task: String, done: Int, total: Int, reused: Int, failed: Int, elapsed: Double,
    range: ClosedRange<Double>?, underWay: Int = 0
  ) {
    self.task = task
    self.done = done
    self.total = total
    self.reused = reused
    self.failed = failed
    self.elapsed = elapsed
    self.range = range
    self.underWay = underWay
  }

  /// Cells a second in this session; nil before there is anything to measure.
  package var rate: Double? {
    elapsed > 0 && done > reused ? Double(done - reused) / elapsed : nil
  }

  /// Seconds to the end at this rate.
  package var left: Double? { rate.map { Double(max(0, total - done)) / $0 } }

  /// The line for a terminal that is redrawn in place, at most `width` cells.
  ///
  /// Where it does not fit, it is put shorter and the less urgent parts are left out: reused cells,
  /// failures that have not happened, requests under way, the rate, the range.
  package func line(width: Int) -> String {
    let long = parts(isShort: false).map(\.text).joined(separator: " · ")
    guard long.cells > width else { return long }
    var parts = parts(isShort: true)
    var line = parts.map(\.text).joined(separator: " · ")
    while line.cells > width, parts.count > 1,
      let least = parts.indices.min(by: { parts[$0].weight < parts[$1].weight })
    {
      parts.remove(at: least)
      line = parts.map(\.text).joined(separator: " · ")
    }
    guard line.cells > width else { return line }
    let room = width - count.cells - 2
    return room > 0 ? "\(name.cut(to: room))  \(count)" : count.cut(to: width)
  }

  private var name: String { VisibleText.name(task, limit: 60) }

  private var count: String { "\(grouped(done))/\(grouped(total))" }

  /// What there is to say, and how much it is missed.
  private func parts(isShort: Bool) -> [(text: String, weight: Int)] {
    var parts: [(text: String, weight: Int)] = [("\(name)  \(count)", 9)]
    if let rate { parts.append(("\(shown(rate: rate))/s", 4)) }
    if let left, done < total { parts.append(("\(shown(seconds: left)) left", 6)) }
    if let range {
      let ends = "\(wholePoints(range.lowerBound))–\(wholePoints(range.upperBound)) %"
      parts.append((isShort ? ends : "range " + ends, 5))
    }
    if underWay > 0, done < total {
      parts.append(("\(grouped(underWay)) \(isShort ? "open" : "at once")", 3))
    }
    if reused > 0 { parts.append(("\(grouped(reused)) reused", 1)) }
    parts.append(("\(grouped(failed)) failed", failed > 0 ? 7 : 2))
    return parts
  }

  /// The line for a log, when the share done has passed another tenth since `earlier` cells, or the
  /// end; nil otherwise.
  package func milestone(after earlier: Int) -> String? {
    guard total > 0, done > earlier, done * 10 / total > earlier * 10 / total else { return nil }
    return "\(wholePoints(Double(done) / Double(total))) %  \(line(width: 500))"
  }

  private func shown(rate: Double) -> String {
    rate < 10 ? decimal(rate) : grouped(Int(rate.rounded()))
  }

  private func shown(seconds: Double) -> String {
    let whole = Int(min(seconds, 3.6e6).rounded(.up))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
    default:
      let minutes = (whole + 59) / 60
      return "\(grouped(minutes / 60)) h \(minutes % 60) min"
    }
  }
}
