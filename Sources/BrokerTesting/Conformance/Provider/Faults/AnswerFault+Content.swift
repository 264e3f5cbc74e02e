import LoopbackServer

/// Bodies that are not a proper JSON object. All of them arrive whole, with status 200.
extension AnswerFault {
    static let content = notJSON + notAnObject + cutOff + doubled + [invalidUTF8, deepNesting, compressed]

    static let notJSON: [AnswerFault] = [
        .answer("a page of HTML") { _ in
            .respond(
                headers: [HeaderField("Content-Type", "text/html"), HeaderField("X-Message", words)],
                body: Array("<!doctype html><title>\(words)</title><p>Please sign in.".utf8)
            )
        },
        .body("plain text") { _ in Array("OK \(words)".utf8) },
        .body("an empty body") { _ in [] },
        .body("white space") { _ in Array(" \n".utf8) },
    ]

    static let notAnObject: [AnswerFault] = [
        .body("null") { _ in Array("null".utf8) },
        .body("true") { _ in Array("true".utf8) },
        .body("a number") { _ in Array("200".utf8) },
        .body("a JSON string") { _ in Array(#""\#(words)""#.utf8) },
        .body("an empty array") { _ in Array("[]".utf8) },
        .body("the right answer in an array") { Array("[".utf8) + $0.correct.body + Array("]".utf8) },
        .body("an empty object") { _ in Array("{}".utf8) },
    ]

    static let cutOff: [AnswerFault] = [
        .body("half of the right answer") { Array($0.correct.body.prefix($0.correct.body.count / 2)) },
        .body("the right answer without its last byte") { Array($0.correct.body.dropLast()) },
    ]

    static let doubled: [AnswerFault] = [
        .body("the right answer twice") { $0.correct.body + $0.correct.body },
        .body("another person's members before the right ones") {
            merged($0.ofAnother.body, $0.correct.body)
        },
        .body("another person's members after the right ones") {
            merged($0.correct.body, $0.ofAnother.body)
        },
    ]

    static let invalidUTF8 = body("a byte that is invalid in UTF-8") {
        inserting(Array(#""conformance":""#.utf8) + [0xFF] + Array(#"""#.utf8), into: $0.correct.body)
    }

    static let deepNesting = body("arrays nested ten thousand deep") {
        let lists = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        return inserting(Array(#""conformance":\#(lists)"#.utf8), into: $0.correct.body)
    }

    static let compressed = answer("the right answer, compressed") {
        .json(Gzip.stored($0.correct.body), headers: [HeaderField("Content-Encoding", "gzip")])
    }

    /// The members of two objects in one.
    private static func merged(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        guard let end = first.lastIndex(of: UInt8(ascii: "}")) else { return first + second }
        return inserting(Array(first[..<end].dropFirst()), into: second)
    }

    /// The object with one more member, before the others.
    private static func inserting(_ member: [UInt8], into object: [UInt8]) -> [UInt8] {
        guard let start = object.firstIndex(of: UInt8(ascii: "{")) else { return member + object }
        return object[...start] + member + [UInt8(ascii: ",")] + object[(start + 1)...]
    }
}

/// The gzip format (RFC 1952), without any compression.
enum Gzip {
    /// The bytes, as many as fit, in one stored block (RFC 1951 §3.2.4).
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = Array(bytes.prefix(Int(UInt16.max)))
        let length = UInt16(bytes.count)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1] + littleEndian(length) + littleEndian(~length) + bytes
            + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
    }

    /// CRC-32 of RFC 1952 §8.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        }
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
