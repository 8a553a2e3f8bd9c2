import Basics
import Testing

@testable import Prompts

@Suite struct `Splits` {
  @Test(arguments: [0, 1, 5, 20])
  func `evaluate the same examples at any number of shots, none of them shown`(_ shots: Int) throws
  {
    let plain = try Split(count: 100, pool: 20, shots: 0, limit: nil, seed: 3)
    let split = try Split(count: 100, pool: 20, shots: shots, limit: nil, seed: 3)
    #expect(split.demonstrations.count == shots)
    #expect(split.evaluated == plain.evaluated)
    #expect(Set(split.evaluated).isDisjoint(with: split.demonstrations))
    #expect(split.evaluated.count == 80)
    #expect(Set(split.evaluated + split.demonstrations).isSubset(of: 0..<100))
    #expect(Set(split.evaluated).count == 80)
  }

  @Test func `show more demonstrations by adding to the fewer`() throws {
    let few = try Split(count: 50, pool: 10, shots: 3, limit: nil, seed: 3)
    let many = try Split(count: 50, pool: 10, shots: 7, limit: nil, seed: 3)
    #expect(Array(many.demonstrations.prefix(3)) == few.demonstrations)
  }

  @Test func `evaluate fewer examples by leaving out the last ones`() throws {
    let all = try Split(count: 50, pool: 10, shots: 3, limit: nil, seed: 3)
    let some = try Split(count: 50, pool: 10, shots: 3, limit: 15, seed: 3)
    #expect(some.evaluated == Array(all.evaluated.prefix(15)))
    #expect(try Split(count: 50, pool: 10, shots: 3, limit: 1000, seed: 3) == all)
  }

  @Test func `depend on the seed alone`() throws {
    let one = try Split(count: 50, pool: 10, shots: 3, limit: nil, seed: 1)
    #expect(try Split(count: 50, pool: 10, shots: 3, limit: nil, seed: 1) == one)
    #expect(try Split(count: 50, pool: 10, shots: 3, limit: nil, seed: 2) != one)
  }

  @Test func `put every example into the pool equally often`() throws {
    // 2,000 seeds, 5 of 20 examples in the pool: each is expected 500 times, standard deviation 19.4.
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<2_000 {
      let split = try Split(count: 20, pool: 5, shots: 5, limit: nil, seed: UInt64(seed))
      for index in split.demonstrations { counts[index] += 1 }
    }
    #expect(counts.allSatisfy { abs($0 - 500) < 80 }, "\(counts)")
  }

  @Test func `need a pool that holds the shots and leaves something to evaluate`() {
    #expect(
      throws: InputError(
        "--shots 6: the pool holds 5 demonstrations; ask for at most 5, or set a larger --pool")
    ) { try Split(count: 20, pool: 5, shots: 6, limit: nil, seed: 0) }
    #expect(
      throws: InputError(
        "--pool 20: the task has 20 examples, so none would be left to evaluate; set --pool below 20"
      )
    ) { try Split(count: 20, pool: 20, shots: 2, limit: nil, seed: 0) }
  }

  @Test func `choices of demonstrations are different as long as there are different ones`() throws
  {
    let split = try Split(count: 20, pool: 4, shots: 2, limit: nil, seed: 3)
    // 4 · 3 ordered pairs.
    #expect(split.choices == 12)
    let all = split.demonstrations(count: 12, seed: 3)
    #expect(all[0] == split.demonstrations)
    #expect(Set(all).count == 12)
    #expect(all.allSatisfy { Set($0).isSubset(of: split.pool) && Set($0).count == 2 })
    // What a number means does not depend on how many are drawn.
    #expect(split.demonstrations(count: 5, seed: 3) == Array(all[..<5]))
    #expect(split.demonstrations(count: 14, seed: 3).count == 14)
    let none = try Split(count: 20, pool: 4, shots: 0, limit: nil, seed: 3)
    #expect(none.choices == 1)
    #expect(none.demonstrations(count: 2, seed: 3) == [[], []])
    #expect(try Split(count: 1_000, pool: 900, shots: 100, limit: nil, seed: 0).choices == .max)
  }
}
