import StrictJSON
import Testing

@Suite("A truncated document")
struct TruncationTests {
    @Test("is refused wherever it was cut")
    func documentedRecord() throws {
        let record = try Fixtures.documentedUserRecord()
        #expect(try JSONReader().read(record).object?.count == 20)
        expectEveryPrefixToEndTooSoon(record)
    }

    @Test("is refused within words, numbers, escapes and characters, too")
    func allTokens() {
        expectEveryPrefixToEndTooSoon(
            Array(#"[true,false,null,-0,-1.5e+3,"\"\u4f60\uD834\uDD1E你😀",{"a":{"b":[]}},[[ ]]]"#.utf8))
    }

    private func expectEveryPrefixToEndTooSoon(_ document: [UInt8]) {
        let reader = JSONReader()
        #expect(reader.refusal(of: document) == nil)
        let surprises = document.indices.filter { count in
            let error = reader.refusal(of: document.prefix(count))
            return error?.code != .unexpectedEnd || error?.offset != count
        }
        #expect(surprises.isEmpty)
    }
}
