/// The colours of all plots and pages: the colour-blind-safe set of Okabe and Ito (2008).
///
/// On white its lighter members are hard to see, so light and dark pages use different members of the
/// set for the same thing; nothing is told by colour alone.
package struct Palette: Sendable, Hashable {
  package let background: Color
  /// Raised areas: boxes, table heads.
  package let surface: Color
  package let ink: Color
  /// Secondary text.
  package let muted: Color
  /// Grid lines and frames, which carry no meaning.
  package let rule: Color
  package let link: Color
  package let lowest: Color
  package let highest: Color
  package let original: Color
  package let median: Color
  /// Dots and bars without a role.
  package let plain: Color
  /// Intervals of `plain`.
  package let soft: Color
  /// What noise alone would give.
  package let band: Color
  package let innerBand: Color
  /// Behind differing text.
  package let mark: Color
  package let warning: Color

  package static let light = Palette(
    background: Color(0xFFFFFF), surface: Color(0xF4F6F8), ink: Color(0x1A1D21),
    muted: Color(0x565D66), rule: Color(0xC9CFD6), link: Color(0x0058A3),
    lowest: Color(0xD55E00), highest: Color(0x0072B2), original: Color(0x009E73),
    median: Color(0x1A1D21), plain: Color(0x5F6B7A), soft: Color(0xA9B2BD), band: Color(0xEDF0F3),
    innerBand: Color(0xDDE2E8), mark: Color(0xFFE3C2), warning: Color(0xA33F00))

  package static let dark = Palette(
    background: Color(0x14171A), surface: Color(0x1E2226), ink: Color(0xE6E8EB),
    muted: Color(0xA7AFB8), rule: Color(0x3C434B), link: Color(0x7CC0F4),
    lowest: Color(0xE69F00), highest: Color(0x56B4E9), original: Color(0x009E73),
    median: Color(0xE6E8EB), plain: Color(0x98A3B0), soft: Color(0x566070), band: Color(0x22272C),
    innerBand: Color(0x2E353C), mark: Color(0x5A3A12), warning: Color(0xF0A06A))

  /// The colours under their names in style sheets.
  package var named: [(name: String, color: Color)] {
    [
      ("background", background), ("surface", surface), ("ink", ink), ("muted", muted),
      ("rule", rule), ("link", link), ("lowest", lowest), ("highest", highest),
      ("original", original), ("median", median), ("plain", plain), ("soft", soft), ("band", band),
      ("inner-band", innerBand), ("mark", mark), ("warning", warning),
    ]
  }

  /// The colours as CSS variables: `--ink: #1a1d21; …`.
  package var variables: String {
    named.map { "--\($0.name): \($0.color.hex);" }.joined(separator: " ")
  }
}

/// An opaque colour of the sRGB space.
package struct Color: Sendable, Hashable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  /// - Parameter rgb: `0xRRGGBB`.
  package init(_ rgb: UInt32) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
  }

  package var hex: String {
    let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    return "#" + String(String(value + 0x100_0000, radix: 16).dropFirst())
  }

  /// The colour between this one (at a share of 0) and another (at 1).
  package func mixed(with other: Color, _ share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt32 {
      UInt32((Double(a) + (Double(b) - Double(a)) * min(max(share, 0), 1)).rounded())
    }
    return Color(
      mix(red, other.red) << 16 | mix(green, other.green) << 8 | mix(blue, other.blue))
  }
}
