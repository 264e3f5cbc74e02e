import StrictJSON
import Testing

@Suite("UTF-8 in strings")
struct UTF8Tests {
    /// Bytes on both sides of every limit in the grammar of RFC 3629 §4.
    private static let limits: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]

    private let reader = JSONReader()

    @Test("is accepted as by the standard library", arguments: UInt8(0x80)...0xFF)
    func agreesWithStandardLibrary(leading: UInt8) {
        var sequences: [[UInt8]] = [[leading]]
        for _ in 0..<3 {
            sequences += sequences.flatMap { sequence in Self.limits.map { sequence + [$0] } }
        }
        let disagreements = Set(sequences).filter { sequence in
            let string = try? reader.read([UInt8(ascii: "\"")] + sequence + [UInt8(ascii: "\"")]).string
            return string.map { Array($0.utf8) } != String(validating: sequence, as: UTF8.self).map { Array($0.utf8) }
        }
        #expect(disagreements.isEmpty)
    }

    @Test(
        "that is ill-formed is refused at the faulty character",
        arguments: [
            ([0x80], 0), ([0xC3, 0x41], 0), ([0x41, 0xC0, 0xAF], 1), ([0xC3, 0xA9, 0xED, 0xA0, 0x80], 2),
            ([0xF0, 0x9F, 0x98, 0x80, 0xF4, 0x90, 0x80, 0x80], 4), ([0x5C, 0x6E, 0xE2, 0x82, 0x22], 2),
        ] as [([UInt8], Int)])
    func illFormed(_ content: [UInt8], offset: Int) {
        let error = reader.refusal(of: [UInt8(ascii: "\"")] + content + [UInt8(ascii: "\"")])
        #expect(error?.code == .invalidUTF8)
        #expect(error?.offset == offset + 1)
    }

    @Test("is never completed by an escape")
    func completedByEscape() {
        let document: [UInt8] = [0x22, 0xC3] + Array(#"\u00a9"#.utf8) + [0x22]
        #expect(reader.refusal(of: document)?.code == .invalidUTF8)
    }

    @Test("is refused in names as well")
    func inNames() {
        #expect(reader.refusal(of: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])?.code == .invalidUTF8)
    }
}
