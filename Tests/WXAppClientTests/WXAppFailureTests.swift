import Testing
import WXAppClient

@Suite("The message of a failure")
struct WXAppFailureTests {
    @Test(
        "is kept decoded, without terminal control characters",
        arguments: [
            ("code=500&message=系统错误", "系统错误"),
            ("code=500&message=%E7%B3%BB%E7%BB%9F+%25", "系统+%"),
            ("code=200&message=no ticket", "no ticket"),
            ("code=OK&message=fine", "fine"),
            ("code=500&message=%1B%5B31mred%07%0D%0A%7F", "[31mred"),
            ("code=500&message=a\u{202E}b\u{2028}c\u{200B}d\u{85}e", "abcde"),
            ("code=500&message=one&message=two", "one"),
            ("code=500&message=%FF", "\u{FFFD}"),
        ])
    func kept(query: String, message: String) throws {
        #expect(try WXAppCallback(query: query).outcome.failure?.untrustedMessage == message)
    }

    @Test(
        "is absent if nothing can be shown, or if it may quote a ticket",
        arguments: [
            "code=500", "code=500&message=", "code=500&message=%00%0A", "code=500&message=T1&ticket=T1",
            "code=OK&message=T1&ticket=T1", "message=T1&ticket=T1", "code=200&message=T%201&ticket=T%201",
        ])
    func absent(query: String) throws {
        let failure = try #require(WXAppCallback(query: query).outcome.failure)
        #expect(failure.untrustedMessage == nil)
    }

    @Test("is bounded in scalars, so that combining marks do not stretch it")
    func bounded() throws {
        let message = "e" + String(repeating: "\u{301}", count: 5000)
        let failure = try #require(WXAppCallback(query: "code=500&message=\(message)").outcome.failure)
        #expect(failure.untrustedMessage?.unicodeScalars.count == WXAppFailure.maximumMessageLength)
    }

    @Test(
        "stays out of the description",
        arguments: [
            ("code=500&message=hello", "The mini program reported code 500; start again from the app."),
            (
                "code=200&message=hello",
                "The mini program reported success but returned no ticket; start again from the app."
            ),
            (
                "code=hello&message=hello",
                "The mini program returned a code that is not a number; start again from the app."
            ),
        ])
    func description(query: String, description: String) throws {
        let failure = try #require(WXAppCallback(query: query).outcome.failure)
        #expect("\(failure)" == description)
    }
}
