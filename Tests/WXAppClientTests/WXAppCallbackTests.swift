import Testing
import WXAppClient

@Suite("The mini program's query")
struct WXAppCallbackTests {
    @Test(
        "with the success code yields the ticket",
        arguments: [
            ("code=200&message=授权成功&ticket=eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"),
            ("ticket=T1&code=200", "T1"),
            ("code=200&ticket=T1=", "T1="),
            ("code=200&ticket==T1==", "=T1=="),
            ("code=200&ticket=a+b", "a+b"),
            ("code=200&ticket=a%2Bb%2f%3D", "a+b/="),
            ("code=200&ticket=a%26code%3D400", "a&code=400"),
            ("code=%32%30%30&%74icket=T1", "T1"),
            ("code=200&ticket=T1&message", "T1"),
            ("flag&code=200&=x&ticket=T1&&", "T1"),
            ("code=200&message=%E6%88%90%E5%8A%9F&ticket=T1", "T1"),
            ("code=200&message=%FF%FE&ticket=T1", "T1"),
            ("code=200&message=%&ticket=T1", "T1"),
            ("code=200&message=\u{301}&\u{301}x=\u{338}&ticket=T1", "T1"),
            ("code=200&message=what?&ticket=T1", "T1"),
            ("code=200&message=a=b&ticket=T1", "T1"),
            ("code=200&message=a#b&ticket=T1", "T1"),
            ("code=200&message=https://example.com/?q&ticket=T1", "T1"),
        ])
    func authorized(query: String, ticket: String) throws {
        #expect(try WXAppCallback(query: query).outcome.summary == "authorized \(ticket)")
    }

    @Test(
        "keeps a malformed escape in a ticket unchanged",
        arguments: ["%", "a%", "a%4", "a%zz", "a%+1b", "%%", "%-1", "%4g", "%G4", "%/4", "%4:", "%4@", "%`4"])
    func malformedEscape(ticket: String) throws {
        #expect(try WXAppCallback(query: "code=200&ticket=\(ticket)").outcome.summary == "authorized \(ticket)")
    }

    @Test(
        "is found inside surrounding text",
        arguments: [
            "?code=200&ticket=T1",
            "  code=200&ticket=T1\n",
            "\r\n\t?code=200&ticket=T1\r\n",
            "https://example.com/callback?code=200&ticket=T1",
            "https://example.com/callback?code=200&ticket=T1#top",
            "wxd930ea5d5a258f4f://?code=200&ticket=T1\n",
            "/callback?code=200&ticket=T1",
            "?code=200&message=a#b&ticket=T1",
            "?code=200&message=?&ticket=T1",
        ])
    func surroundings(callback: String) throws {
        #expect(try WXAppCallback(query: callback).outcome.summary == "authorized T1")
    }

    @Test(
        "is a cancellation if the code says so, or if there is neither code nor ticket",
        arguments: [
            "code=400&message=用户取消授权",
            "code=400",
            "code=400&ticket=T1",
            "",
            " \n",
            "?",
            "&&&",
            "=",
            "message=hello",
            "code=&message=&ticket=",
            "code&ticket",
            "CODE=200&Ticket=T1",
            "https://example.com/callback",
            #"{"errMsg":"launchMiniProgram:fail"}"#,
        ])
    func cancelled(query: String) throws {
        #expect(try WXAppCallback(query: query).outcome.summary == "cancelled")
    }

    @Test(
        "fails closed",
        arguments: [
            ("code=200", "failed ticket_missing"),
            ("code=200&ticket", "failed ticket_missing"),
            ("code=200&ticket=", "failed ticket_missing"),
            ("code=200&Ticket=T1", "failed ticket_missing"),
            ("code=200&amp;ticket=T1", "failed ticket_missing"),
            ("code=200;ticket=T1", "failed code_malformed"),
            ("ticket=T1", "failed code_missing"),
            ("code=&ticket=T1", "failed code_missing"),
            ("ticket=%0A", "failed code_missing"),
            ("code=200&ticket=T%201", "failed ticket_malformed"),
            ("code=200&ticket=T 1", "failed ticket_malformed"),
            ("code=200&ticket=T1%0A", "failed ticket_malformed"),
            ("code=200&ticket=T1%00", "failed ticket_malformed"),
            ("code=200&ticket=票", "failed ticket_malformed"),
            ("code=200&ticket=T1\u{200B}", "failed ticket_malformed"),
            ("code=200&ticket=%FF", "failed ticket_malformed"),
            ("code=500", "failed mini_program 500"),
            ("code=500&ticket=T1", "failed mini_program 500"),
            ("code=-1&ticket=T1", "failed mini_program -1"),
            ("code=0&ticket=T1", "failed mini_program 0"),
            ("code=2000&ticket=T1", "failed mini_program 2000"),
            ("code=0200&ticket=T1", "failed code_malformed"),
            ("code=+200&ticket=T1", "failed code_malformed"),
            ("code=%20200&ticket=T1", "failed code_malformed"),
            ("code=200.0&ticket=T1", "failed code_malformed"),
            ("code=2e2&ticket=T1", "failed code_malformed"),
            ("code=２００&ticket=T1", "failed code_malformed"),
            ("code=99999999999999999999", "failed code_malformed"),
            ("code=OK&ticket=T1", "failed code_malformed"),
        ])
    func failed(query: String, expected: String) throws {
        #expect(try WXAppCallback(query: query).outcome.summary == expected)
    }

    @Test(
        "may repeat itself",
        arguments: [
            "code=200&ticket=T1&ticket=T1",
            "code=200&code=200&ticket=T1",
            "code=200&ticket=a%2Bb&ticket=a+b",
            "code=200&message=one&message=two&ticket=T1",
        ])
    func repeated(query: String) throws {
        #expect(try WXAppCallback(query: query).outcome.summary.hasPrefix("authorized"))
    }

    @Test(
        "may not contradict itself",
        arguments: [
            ("code=200&ticket=A&ticket=B", "ticket_ambiguous"),
            ("code=200&ticket=A&ticket=", "ticket_ambiguous"),
            ("code=200&ticket=A&ticket", "ticket_ambiguous"),
            ("code=200&ticket=A&%74icket=B", "ticket_ambiguous"),
            ("code=400&ticket=A&ticket=B", "ticket_ambiguous"),
            ("code=200&ticket=K&ticket=\u{212A}", "ticket_ambiguous"),
            ("code=400&code=200&ticket=A", "code_ambiguous"),
            ("code=200&code=0200&ticket=A", "code_ambiguous"),
            ("code=&code=200&ticket=A", "code_ambiguous"),
        ])
    func ambiguous(query: String, code: String) throws {
        let error = try #require(throws: WXAppCallbackError.self) { try WXAppCallback(query: query) }
        #expect(error.code == code)
    }

    @Test("is bounded in length")
    func length() throws {
        let prefix = "code=200&ticket="
        let longest = String(repeating: "a", count: WXAppCallback.maximumLength - prefix.utf8.count)
        #expect(try WXAppCallback(query: prefix + longest).outcome.summary == "authorized \(longest)")
        let error = try #require(throws: WXAppCallbackError.self) { try WXAppCallback(query: prefix + longest + "a") }
        #expect(error.code == "callback_too_long")
        #expect("\(error)".contains("16384 bytes"))
    }

    @Test("is bounded in bytes, not in characters")
    func lengthInBytes() {
        let query = "message=" + String(repeating: "成", count: WXAppCallback.maximumLength / 3)
        #expect(throws: WXAppCallbackError.self) { try WXAppCallback(query: query) }
    }
}
