import Testing

@testable import BrokerObservability

@Suite("tracestate")
struct TraceStateTests {
    private static let longKey = String(repeating: "k", count: 256)
    private static let longTenant = "\(String(repeating: "1", count: 241))@\(String(repeating: "s", count: 14))"

    @Test(
        "is read from all of its fields",
        arguments: [
            (["a=1"], "a=1"), (["a=1, b=2 ,\tc=3"], "a=1,b=2,c=3"), (["a=1", "b=2"], "a=1,b=2"),
            (["a=1,,", "", ",b=2"], "a=1,b=2"),
            (["1tenant@sys=x"], "1tenant@sys=x"), (["a_-*/9=x"], "a_-*/9=x"), (["a=b c"], "a=b c"), (["a= b"], "a= b"),
            (["\(longKey)=1"], "\(longKey)=1"), (["\(longTenant)=1"], "\(longTenant)=1"), (["a=!~"], "a=!~"),
        ]
    )
    func wellFormed(values: [String], expected: String) {
        #expect(TraceState(values)?.text == expected)
    }

    @Test(
        "is nothing else",
        arguments: [
            [], [""], ["a"], ["a="], ["=1"], ["A=1"], ["1=1"], ["a=1,a=2"], ["a=1", "a=1"], ["a=1=2"], ["a=é"],
            ["a=\u{7F}"],
            ["a =1"], ["a@=1"], ["@b=1"], ["a@b@c=1"], ["a@1=1"], ["k\(longKey)=1"], ["1\(longTenant)=1"],
            ["\(longTenant)s=1"], ["a=\(String(repeating: "x", count: 257))"], ["good=1,bad"],
            [(0..<33).map { "k\($0)=1" }.joined(separator: ",")],
        ]
    )
    func malformed(values: [String]) {
        #expect(TraceState(values) == nil)
    }

    @Test("is passed on within 512 bytes in whole members, dropping long ones first")
    func bound() throws {
        let members = (10..<40).map { "key\($0)=0123456789" }
        #expect(members.joined(separator: ",").utf8.count == 30 * 17 - 1)
        let full = members.joined(separator: ",")
        #expect(TraceState([full])?.text == full)
        let more = full + ",x=" + String(repeating: "y", count: 20)
        #expect(TraceState([more])?.text == full)
        let long = "long=" + String(repeating: "z", count: 200) + "," + full
        #expect(TraceState([long])?.text == full)
    }
}
