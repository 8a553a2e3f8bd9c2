import Testing

@testable import Basics

struct SHA256Tests {
  struct Case: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let hex: String
    var testDescription: String { "\(bytes.count) bytes" }

    init(_ bytes: some Sequence<UInt8>, _ hex: String) {
      self.bytes = Array(bytes)
      self.hex = hex
    }

    /// So many letters "a".
    init(a count: Int, _ hex: String) {
      self.init([UInt8](repeating: 0x61, count: count), hex)
    }
  }

  // Python 3.11: hashlib.sha256(message).hexdigest(); the lengths surround the padding's borders.
  static let cases = [
    Case(a: 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Case("abc".utf8, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Case(a: 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    Case(a: 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    Case(a: 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    Case(a: 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    Case(a: 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    Case(a: 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    Case(a: 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    Case(0...255, "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880"),
    Case("é🙂".utf8, "7382f537af6a53054b6a72792df00fa0be0f5d2e8214db9cd6ebbcc3d57d02b9"),
    Case(a: 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test(arguments: cases) func `digests agree with hashlib`(_ example: Case) {
    #expect(SHA256.hex(example.bytes) == example.hex)
  }

  @Test func `a text is digested as its UTF-8 bytes`() {
    #expect(SHA256.hex("é🙂") == SHA256.hex(Array("é🙂".utf8)))
    #expect(SHA256.hex("e\u{301}") != SHA256.hex("é"))
  }
}
