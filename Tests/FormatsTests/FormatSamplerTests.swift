import Basics
import Testing

@testable import Formats

struct FormatSamplerTests {
  private let simple: FormatSpace

  init() throws {
    simple = try FormatSpace(try Samples.simple(), grammar: .paper)
  }

  @Test func `every format is drawn once, then the sampler ends`() {
    var sampler = FormatSampler(simple, seed: 1)
    var numbers = Set<UInt128>()
    while let number = sampler.nextNumber() { numbers.insert(number) }
    #expect(numbers.count == 480)
    #expect(numbers.max() == 479)
    #expect(sampler.next() == nil)
    #expect(Array(FormatSampler(simple, seed: 1)).count == 480)
  }

  @Test func `a seed fixes the order, and another seed gives another`() {
    let first = Array(FormatSampler(simple, seed: 7))
    #expect(Array(FormatSampler(simple, seed: 7)) == first)
    #expect(Array(FormatSampler(simple, seed: 8)) != first)
  }

  @Test func `fewer formats are the beginning of more`() {
    let all = simple.sample(480, seed: 3)
    for count in [1, 2, 10, 479] {
      #expect(simple.sample(count, seed: 3) == Array(all.prefix(count)))
    }
  }

  @Test func `a study starts with the original, and asks for no more than exist`() throws {
    let formats = simple.sample(10_000, seed: 1)
    #expect(formats.count == 480)
    #expect(formats[0] == simple.structure.original)
    #expect(Set(formats.compactMap { simple.template($0)?.identity }).count == 480)
    #expect(simple.sample(1, seed: 1) == [simple.structure.original])
  }

  @Test func `an original from outside the grammar is one more`() throws {
    let structure = try Samples.tree(
      """
      {"tree": {"node": "group", "id": "g", "space": "_", "children": [
         {"node": "field", "id": "q", "descriptor": "Q", "separator": " = "},
         {"node": "field", "id": "a", "descriptor": "A", "output": true, "separator": ": "}]},
       "attributes": [{"id": "g.space"}]}
      """)
    let space = try FormatSpace(structure, grammar: .paper)
    // 15 different spaces, without the empty one.
    #expect(space.count == 14)
    let formats = space.sample(100, seed: 1)
    #expect(formats.count == 15)
    #expect(space.template(formats[0])?.text == "Q = {}_A: {}")
  }

  @Test func `original values that add up to a template of the grammar are not drawn twice`() throws
  {
    let structure = try Samples.tree(
      """
      {"tree": {"node": "group", "id": "g", "space": "- ", "children": [
         {"node": "field", "id": "h", "descriptor": "Go", "has_text": false, "separator": ": -"},
         {"node": "field", "id": "a", "descriptor": "A", "output": true, "separator": ": "}]},
       "attributes": [{"id": "g.space"}, {"id": "h.separator"}]}
      """)
    let space = try FormatSpace(structure, grammar: .paper)
    #expect(space.number(of: structure.original) != nil)
    let formats = space.sample(1_000, seed: 1)
    #expect(UInt128(formats.count) == space.count)
    #expect(Set(formats.compactMap { space.template($0)?.identity }).count == formats.count)
  }

  /// Over 4,800 seeds each format is expected ten times at every place.
  @Test(arguments: [0, 1, 5]) func `every place holds every format equally often`(place: Int) {
    var counts = [Int](repeating: 0, count: 480)
    for seed in 0..<4_800 {
      var sampler = FormatSampler(simple, seed: UInt64(seed))
      for _ in 0..<place { _ = sampler.nextNumber() }
      if let number = sampler.nextNumber() { counts[Int(number)] += 1 }
    }
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - 10) * (Double($1) - 10) / 10 }
    // Chi-square with 479 degrees of freedom: scipy.stats.chi2.ppf([1e-6, 1 - 1e-6], 479)
    #expect((346.0...640.7).contains(statistic))
  }

  @Test func `pairs of neighbouring draws are independent`() {
    // Which half the first two draws fall in: without replacement, 239/479 of the second draws agree.
    var same = 0
    let seeds = 10_000
    for seed in 0..<seeds {
      var sampler = FormatSampler(simple, seed: UInt64(seed))
      guard let first = sampler.nextNumber(), let second = sampler.nextNumber() else { continue }
      if (first < 240) == (second < 240) { same += 1 }
    }
    let share = 239.0 / 479
    let error = (share * (1 - share) * Double(seeds)).squareRoot()
    #expect(abs(Double(same) - share * Double(seeds)) < 5 * error)
  }

  @Test func `a large space is sampled without listing it`() throws {
    let space = try FormatSpace(try Samples.choices(4), grammar: .paper)
    let formats = space.sample(2_000, seed: 1)
    #expect(formats.count == 2_000)
    #expect(Set(formats.compactMap { space.template($0)?.identity }).count == 2_000)
    #expect(formats.allSatisfy { space.structure.refusal($0) == nil })
  }

  @Test func `neighbours differ in one attribute and are plausible and distinct`() throws {
    let space = try FormatSpace(try Samples.choices(4), grammar: .paper)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let format = space.format(at: generator.below(space.count))
      let neighbours = space.neighbours(of: format)
      #expect(!neighbours.isEmpty)
      for (attribute, neighbour) in neighbours {
        let differing = format.atoms.indices.filter { format.atoms[$0] != neighbour.atoms[$0] }
        #expect(differing == [attribute])
        #expect(space.structure.refusal(neighbour) == nil)
      }
      let templates = neighbours.compactMap { space.template($0.format)?.identity }
      #expect(Set(templates).count == neighbours.count)
      #expect(!templates.contains(try #require(space.template(format)?.identity)))
    }
  }

  @Test func `the simple original has every other space, separator and casing as neighbours`() {
    // 13 more non-empty spaces, 10 more separators without a newline and 4 with one, 2 more casings.
    #expect(simple.neighbours(of: simple.structure.original).count == 13 + 13 + 2)
  }
}
