import StrictJSON
import Testing

@Suite("Duplicate names in an object")
struct DuplicateNameTests {
    private let reader = JSONReader(limits: .init(maximumBytes: 16 * 1024 * 1024))

    @Test(
        "are refused at the second name",
        arguments: [
            (#"{"a":1,"a":1}"#, 7),
            (#"{"a":1,"b":2,"a":null}"#, 13),
            (#"{"":1,"":1}"#, 6),
            (#"{"x":{"a":1,"a":2}}"#, 12),
            (#"{"a":{"b":1},"a":1}"#, 13),
            (#"[{"a":1,"a":2}]"#, 8),
        ])
    func duplicate(_ document: String, offset: Int) {
        let error = reader.refusal(of: document)
        #expect(error?.code == .duplicateName)
        #expect(error?.offset == offset)
    }

    @Test(
        "are found behind escapes",
        arguments: [
            #"{"a":1,"\u0061":2}"#,
            #"{"\u0061":1,"a":2}"#,
            #"{"/":1,"\/":2}"#,
            #"{"\n":1,"\u000a":2}"#,
            #"{"é":1,"\u00E9":2}"#,
            #"{"𝄞":1,"\uD834\uDD1E":2}"#,
            #"{"a\u0000":1,"\u0061\u0000":2}"#,
        ])
    func duplicateBehindEscapes(_ document: String) {
        #expect(reader.refusal(of: document)?.code == .duplicateName)
    }

    @Test(
        "are not seen in names that differ",
        arguments: [
            #"{"a":1,"A":2}"#,
            #"{"a":1,"a ":2}"#,
            #"{"a":1,"a\u0000":2}"#,
            #"{"é":1,"e\u0301":2}"#,
            #"{"\u212b":1,"A\u030a":2}"#,
        ])
    func differentNames(_ document: String) {
        #expect(reader.refusal(of: document) == nil)
    }

    @Test("are not seen in different objects")
    func differentObjects() {
        #expect(reader.refusal(of: #"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}"#) == nil)
    }

    @Test("are refused in objects of any size", arguments: [2, 31, 32, 33, 34, 100])
    func anySize(_ count: Int) {
        let members = (0..<count).map { #""n\#($0)":0"# }
        #expect(reader.refusal(of: "{\(members.joined(separator: ","))}") == nil)
        for repeated in [0, count / 2, count - 1] {
            let document = "{\((members + [members[repeated]]).joined(separator: ","))}"
            #expect(reader.refusal(of: document)?.code == .duplicateName)
        }
    }

    @Test("are attributed correctly in large objects that are nested or adjacent")
    func largeObjects() {
        let members = (0..<100).map { #""n\#($0)":0"# }.joined(separator: ",")
        let inner = "{\(members)}"
        #expect(reader.refusal(of: #"[\#(inner),\#(inner),{\#(members),"x":\#(inner),"y":\#(inner)}]"#) == nil)
        #expect(reader.refusal(of: #"{\#(members),"x":\#(inner),"n0":0}"#)?.code == .duplicateName)
    }

    @Test("are not seen in names of a large object that are only canonically equivalent")
    func equivalentNamesInLargeObject() {
        let members = (0..<100).map { #""n\#($0)":0"# }.joined(separator: ",")
        #expect(reader.refusal(of: #"{\#(members),"\u00e9":1,"e\u0301":2}"#) == nil)
    }

    @Test("are detected among 100,000 names in reasonable time", .timeLimit(.minutes(15)))
    func hostileObject() throws {
        let members = (0..<100_000).map { #""\#(100_000 + $0)":\#($0)"# }.joined(separator: ",")
        let object = try #require(try reader.read("{\(members)}".utf8).object)
        #expect(object.count == 100_000)
        #expect(object["199999"]?.int64 == 99_999)

        let last = #","199999":0"#
        let error = reader.refusal(of: "{\(members)\(last)}")
        #expect(error?.code == .duplicateName)
        #expect(error?.offset == members.utf8.count + 2)
    }
}
