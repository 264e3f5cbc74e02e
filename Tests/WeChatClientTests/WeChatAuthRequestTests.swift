import Testing

@testable import WeChatClient

@Suite("A request to sign in with WeChat's SDK")
struct WeChatAuthRequestTests {
    /// Counts from a number on, so that a state can be foretold.
    private struct Counter: RandomNumberGenerator {
        var number: UInt64

        mutating func next() -> UInt64 {
            defer { number &+= 1 }
            return number
        }
    }

    @Test("asks for the one scope of mobile apps")
    func scope() {
        #expect(WeChatAuthRequest().scope == "snsapi_userinfo")
    }

    @Test("has a state of 256 random bits in letters and digits, another one each time")
    func state() {
        var counter = Counter(number: 0x0A)
        let request = WeChatAuthRequest(using: &counter)
        let zeros = String(repeating: "0", count: 15)
        #expect(request.state == "\(zeros)a\(zeros)b\(zeros)c\(zeros)d")
        let states = (0..<100).map { _ in WeChatAuthRequest().state }
        #expect(Set(states).count == 100)
        #expect(
            states.allSatisfy { state in
                state.utf8.count == 64
                    && state.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            })
    }

    @Test("is made again from its state, or from one of the server's", arguments: ["a", "Az09", nil])
    func again(state: String?) throws {
        let state = state ?? String(repeating: "x", count: 1024)
        #expect(try WeChatAuthRequest(state: state).state == state)
    }

    @Test(
        "takes no state that a URL could change",
        arguments: ["", " ", "a-b", "a_b", "a b", "a%20", "a+b", "é", "e\u{301}", "a\n", "１", nil])
    func refused(state: String?) throws {
        let state = state ?? String(repeating: "x", count: 1025)
        let error = try #require(throws: WeChatStateError.self) { try WeChatAuthRequest(state: state) }
        #expect(error.code == "state_malformed")
        #expect(error.description.contains("letters and digits"))
    }
}
