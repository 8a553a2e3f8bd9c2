import Sensitivity
import Testing

@Suite struct RankTests {
  static let x: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
  static let y: [Double] = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8]

  // scipy 1.17: spearmanr(x, y), kendalltau(x, y).
  @Test func `correlations of ranks with ties agree with scipy`() throws {
    #expect(abs(try #require(Ranks.spearman(Self.x, Self.y)) - 0.13471506281091267) < 1e-12)
    #expect(abs(try #require(Ranks.kendall(Self.x, Self.y)) - 0.13041013273932525) < 1e-12)
  }

  // scipy 1.17: friedmanchisquare over the columns, divided by m(n − 1).
  @Test func `Kendall's W agrees with Friedman's test in scipy`() throws {
    let judges: [[Double]] = [
      [1, 2, 3, 4, 5], [2, 2, 4, 3, 5], [5, 1, 3, 3, 3], [1, 3, 2, 5, 4],
    ]
    #expect(abs(try #require(Ranks.concordance(judges)) - 0.4433333333333337) < 1e-12)
  }

  // The defining sum over 4,000 depths, in Python.
  @Test func `rank-biased overlap is the sum over all depths`() throws {
    let found = try #require(Ranks.overlap([0.9, 0.8, 0.7, 0.6, 0.5], [0.5, 0.9, 0.6, 0.8, 0.7]))
    #expect(abs(found - 0.7827750000000003) < 1e-12)
    #expect(abs(try #require(Ranks.overlap([3, 2, 1], [3, 2, 1])) - 1) < 1e-12)
  }

  @Test func `nothing correlates with a constant`() {
    #expect(Ranks.spearman([1, 1, 1], [1, 2, 3]) == nil)
    #expect(Ranks.kendall([1, 2], [5, 5]) == nil)
    #expect(Ranks.concordance([[1, 1], [2, 2]]) == nil)
    #expect(Ranks.pearson([0.3], [0.2]) == nil)
  }

  @Test func `ties share the mean of their places`() {
    #expect(Ranks.ranks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1])
  }
}
