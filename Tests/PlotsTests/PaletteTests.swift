import Foundation
import Testing

@testable import Plots

struct PaletteTests {
  /// The contrast ratio of WCAG 2.2: from 1 to 21.
  private func contrast(_ a: Color, _ b: Color) -> Double {
    func luminance(_ color: Color) -> Double {
      func linear(_ byte: UInt8) -> Double {
        let value = Double(byte) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green)
        + 0.0722 * linear(color.blue)
    }
    let (one, other) = (luminance(a), luminance(b))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test func `the ratio is that of the guideline`() {
    #expect(abs(contrast(Color(0), Color(0xFFFFFF)) - 21) < 1e-9)
    // A pair that the guideline's tools name as just above 4.5.
    #expect(abs(contrast(Color(0x767676), Color(0xFFFFFF)) - 4.54) < 0.01)
  }

  @Test(arguments: [Palette.light, Palette.dark])
  func `text reads at the ratio of level AA wherever it stands`(_ palette: Palette) {
    for ground in [palette.background, palette.surface, palette.band, palette.innerBand] {
      #expect(contrast(palette.ink, ground) >= 4.5)
      #expect(contrast(palette.muted, ground) >= 4.5)
    }
    for ground in [palette.background, palette.surface] {
      #expect(contrast(palette.link, ground) >= 4.5)
      #expect(contrast(palette.warning, ground) >= 4.5)
    }
    #expect(contrast(palette.ink, palette.mark) >= 4.5)
  }

  @Test(arguments: [Palette.light, Palette.dark])
  func `signs stand out at the ratio of level AA for graphics`(_ palette: Palette) {
    for sign in [
      palette.lowest, palette.highest, palette.original, palette.median, palette.plain,
    ] {
      #expect(contrast(sign, palette.background) >= 3, "\(sign.hex)")
    }
  }

  @Test func `roles wear colours of the set of Okabe and Ito`() {
    let set: Set<Color> = [
      Color(0xE69F00), Color(0x56B4E9), Color(0x009E73), Color(0xF0E442), Color(0x0072B2),
      Color(0xD55E00), Color(0xCC79A7),
    ]
    for palette in [Palette.light, Palette.dark] {
      for role in [palette.lowest, palette.highest, palette.original] {
        #expect(set.contains(role))
      }
      #expect(Set([palette.lowest, palette.highest, palette.original]).count == 3)
    }
    #expect(set.contains(HeatMap.right))
    #expect(set.contains(HeatMap.failure))
  }

  @Test func `right and wrong differ in lightness too`() {
    #expect(contrast(HeatMap.right, HeatMap.wrong) >= 3)
  }

  @Test func `a colour is written with six digits`() {
    #expect(Color(0x00070F).hex == "#00070f")
    #expect(Color(0x000000).mixed(with: Color(0xFFFFFF), 0.5) == Color(0x808080))
  }
}
