import Testing

@testable import BrokerObservability

@Suite("traceparent")
struct TraceParentTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00f067aa0ba902b7"

    @Test(
        "is read in version 00, and as far as known in later versions",
        arguments: [
            ("00-\(trace)-\(parent)-01", true), ("00-\(trace)-\(parent)-00", false), ("00-\(trace)-\(parent)-ff", true),
            ("00-\(trace)-\(parent)-02", false), ("01-\(trace)-\(parent)-01", true),
            ("cc-\(trace)-\(parent)-01-", true),
            ("fe-\(trace)-\(parent)-01-what-the-future-will-be", true),
        ]
    )
    func wellFormed(text: String, isSampled: Bool) throws {
        let value = try #require(TraceParent(text))
        #expect(value.traceID == Self.trace)
        #expect(value.parentID == Self.parent)
        #expect(value.isSampled == isSampled)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "00", "00---", "ff-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01-",
            "00-\(trace)-\(parent)-01-extra",
            "00-\(trace)-\(parent)", "00-\(trace)-\(parent)-1", "00-\(trace)-\(parent)-001", "0-\(trace)-\(parent)-01",
            "000-\(trace)-\(parent)-01", "cc-\(trace)-\(parent)-01.what", "00-\(trace.dropLast())-\(parent)-01",
            "00-\(trace)0-\(parent)-01", "00-\(trace)-\(parent)0-01", "00-\(trace.uppercased())-\(parent)-01",
            "00-\(trace)-\(parent.uppercased())-01", "00-\(trace)-\(parent)-0A", "0A-\(trace)-\(parent)-00",
            "00-00000000000000000000000000000000-\(parent)-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace.dropLast())g-\(parent)-01", "00_\(trace)_\(parent)_01", " 00-\(trace)-\(parent)-01",
            "00-\(trace)-\(parent)-01 ", "00-\(trace)-\(parent)-٠١",
        ]
    )
    func malformed(text: String) {
        #expect(TraceParent(text) == nil)
    }
}
