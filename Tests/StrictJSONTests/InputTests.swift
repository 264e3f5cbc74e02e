import Foundation
import StrictJSON
import Testing

@Suite("Input bytes")
struct InputTests {
    private let reader = JSONReader()
    private let document = Array(#"{"name":"微信用户"}"#.utf8)

    @Test("may be an array, a slice, data, a string, a span, a buffer or a lazy collection")
    func kinds() throws {
        let expected = try reader.read(document)
        #expect(expected["name"]?.string == "微信用户")

        let padded = [0xFF] + document + [0xFF]
        #expect(try reader.read(padded[1..<padded.count - 1]) == expected)
        #expect(try reader.read(Data(document)) == expected)
        #expect(try reader.read(String(decoding: document, as: UTF8.self).utf8) == expected)
        #expect(try reader.read(document.span) == expected)
        #expect(try document.withUnsafeBytes { try reader.read($0) } == expected)
        #expect(try document.withUnsafeBufferPointer { try reader.read($0) } == expected)
        #expect(try reader.read(document.lazy.map { $0 }) == expected)
    }

    @Test(
        "may begin with a UTF-8 byte order mark, which is ignored (RFC 8259 §8.1)",
        arguments: [#"{"name":"微信用户"}"#, #" {"na\u006de":"微信\u7528户"} "#])
    func byteOrderMark(text: String) throws {
        let marked = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        #expect(try reader.read(marked) == reader.read(document))
        #expect(try reader.read(marked)["name"]?.string == "微信用户")
        let error = JSONReader(allowsByteOrderMark: false).refusal(of: marked)
        #expect(error?.code == .byteOrderMark)
        #expect(error?.offset == 0)
    }

    @Test("may be empty, which is not a document")
    func empty() {
        let error = reader.refusal(of: UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(error?.code == .unexpectedEnd)
        #expect(error?.offset == 0)
    }
}
