import Basics
import Clusters
import Testing

struct SlurmTimeTests {
  /// The six forms of sbatch(1).
  @Test(arguments: [
    ("90", 5_400), ("1:30", 90), ("08:00:00", 28_800), ("1-12", 129_600), ("1-12:30", 131_400),
    ("2-00:00:01", 172_801), ("0:1", 1),
  ])
  func `a limit is read as sbatch reads it`(_ text: String, _ seconds: Int) throws {
    let time = try SlurmTime(text)
    #expect(time.seconds == seconds)
    #expect(time.text == text)
  }

  @Test(arguments: [
    "", "0", "00:00", "1h", "1-", "-1", "1:2:3:4", "1-2-3", "1 ", "9999999", "1:-2",
  ])
  func `anything else is refused`(_ text: String) {
    #expect(
      throws: InputError(
        "--time \(quoted(text)): expected a time as sbatch takes it, such as 90 (minutes), 08:00:00 "
          + "or 1-12:00:00")
    ) { try SlurmTime(text) }
  }

  @Test(arguments: [("0:40", 20), ("1", 30), ("20", 1_140), ("10:00:00", 34_200)])
  func `the deadline leaves time to end cleanly`(_ text: String, _ deadline: Int) throws {
    #expect(try SlurmTime(text).deadline == deadline)
  }
}
