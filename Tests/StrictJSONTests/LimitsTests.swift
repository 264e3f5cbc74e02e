import StrictJSON
import Testing

@Suite("Limits of a document")
struct LimitsTests {
    private static let unlimited = JSONReader(limits: .init(maximumBytes: .max, maximumDepth: .max))

    @Test("are 256 KiB and 32 levels by default")
    func defaults() {
        let limits = JSONReader().limits
        #expect(limits.maximumBytes == 262_144)
        #expect(limits.maximumDepth == 32)
    }

    @Test("accept a document of the maximum size, and none that is a byte longer")
    func size() {
        let reader = JSONReader(limits: .init(maximumBytes: 4))
        #expect(reader.refusal(of: "true") == nil)

        let error = reader.refusal(of: "true ")
        #expect(error?.code == .documentTooLarge)
        #expect(error?.offset == 4)
    }

    @Test("apply to bytes that are not contiguous in memory")
    func sizeOfScatteredBytes() {
        let reader = JSONReader(limits: .init(maximumBytes: 4))
        #expect(reader.refusal(of: "true".utf8.lazy.map { $0 }) == nil)
        #expect(reader.refusal(of: "true ".utf8.lazy.map { $0 })?.code == .documentTooLarge)
    }

    @Test("are checked before bytes are copied")
    func sizeBeforeCopying() {
        #expect(JSONReader().refusal(of: repeatElement(UInt8(ascii: " "), count: .max))?.code == .documentTooLarge)
    }

    @Test("refuse everything if they are negative", arguments: ["", "1"])
    func negativeSize(_ document: String) {
        let error = JSONReader(limits: .init(maximumBytes: -1)).refusal(of: document)
        #expect(error?.code == .documentTooLarge)
        #expect(error?.offset == 0)
    }

    @Test("count the arrays and objects that are open at once")
    func depth() {
        let reader = JSONReader(limits: .init(maximumDepth: 2))
        #expect(reader.refusal(of: #"[[],{},[1],{"a":1}]"#) == nil)

        let error = reader.refusal(of: #"[[],{"a":[]}]"#)
        #expect(error?.code == .nestingTooDeep)
        #expect(error?.offset == 9)
    }

    @Test("of zero depth allow only scalars", arguments: [0, -1])
    func noDepth(_ depth: Int) {
        let reader = JSONReader(limits: .init(maximumDepth: depth))
        #expect(reader.refusal(of: "1") == nil)
        #expect(reader.refusal(of: "[]")?.code == .nestingTooDeep)
    }

    @Test("never exceed 128 levels")
    func greatestDepth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(Self.unlimited.limits.maximumDepth == 128)
        #expect(Self.unlimited.refusal(of: nested(128)) == nil)

        let error = Self.unlimited.refusal(of: nested(129))
        #expect(error?.code == .nestingTooDeep)
        #expect(error?.offset == 128)
    }

    @Test(
        "refuse 100,000 nested levels without harm",
        arguments: [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")], [JSONReader(), unlimited])
    func hostileDepth(_ brackets: (opening: String, closing: String), _ reader: JSONReader) {
        var reader = reader
        reader.limits.maximumBytes = .max
        let opened = String(repeating: brackets.opening, count: 100_000)
        let closed = opened + "1" + String(repeating: brackets.closing, count: 100_000)
        #expect(reader.refusal(of: opened)?.code == .nestingTooDeep)
        #expect(reader.refusal(of: closed)?.code == .nestingTooDeep)
    }
}
