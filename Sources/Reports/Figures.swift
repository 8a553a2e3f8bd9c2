/// A fraction as percent with one decimal: `64.5 %`.
func percent(_ fraction: Double) -> String { points(fraction) + " %" }

/// A fraction in percentage points with one decimal: `22.9`.
func points(_ fraction: Double) -> String { decimal(fraction * 100) }

/// A number with one decimal: `7.0`.
package func decimal(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

/// A fraction as whole percent, without its sign: `48`.
func wholePoints(_ fraction: Double) -> String { String(Int((fraction * 100).rounded())) }

/// A p-value after its letter: `= 0.031` or `< 0.001`.
func probability(_ p: Double) -> String {
  guard p >= 0.001 else { return "< 0.001" }
  // Near the 5 % level a fourth decimal tells on which side a figure lies.
  let places = abs(p - 0.05) < 0.0005 ? 4 : 3
  let scale = places == 4 ? 10_000 : 1000
  let scaled = Int((p * Double(scale)).rounded())
  let digits = String(scaled % scale)
  return "= \(scaled / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
}

/// A count with commas between thousands: `31,000`.
package func grouped(_ count: Int) -> String {
  var shown = ""
  for (place, digit) in String(abs(count)).reversed().enumerated() {
    if place > 0, place % 3 == 0 { shown.append(",") }
    shown.append(digit)
  }
  return (count < 0 ? "-" : "") + String(shown.reversed())
}

/// A count with its noun: `1 format`, `12 formats`.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}
