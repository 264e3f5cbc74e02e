import IdentityBroker
import Testing

@testable import CurlTransport

@Suite("An origin")
struct OriginChecksTests {
    @Test(
        "that both parsers read alike is accepted, the first time and later",
        arguments: [
            "https://core.genauth.cn", "https://login.example:8443", "http://127.0.0.1:8080", "https://[::1]:1",
            "https://[2001:db8:0:0:0:0:0:1]", "https://a_b.example", "https://xn--lwe-sna.example",
            "http://localhost:443",
        ])
    func plain(text: String) throws {
        let origin = try Origin(text)
        let checks = OriginChecks()
        #expect(checks.agree(on: origin))
        #expect(checks.agree(on: origin))
    }

    @Test(
        "that is not plain is refused each time",
        arguments: [
            "https://login.example/", "https://login.example:443", "https://LOGIN.example", "https://u@login.example",
            "https://0177.0.0.1", "https://login.example.", "https://", "https://[::1%25lo]",
        ])
    func notPlain(text: String) throws {
        let origin = try Origin(text)
        let checks = OriginChecks()
        #expect(!checks.agree(on: origin))
        #expect(!checks.agree(on: origin))
    }

    @Test("may be one of any number")
    func many() {
        let checks = OriginChecks()
        for number in 0..<1000 {
            #expect(checks.agree(on: Origin(scheme: .https, authority: "host\(number).example")))
        }
    }
}

extension Origin {
    fileprivate init(_ text: String) throws {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(scheme: try #require(UpstreamURL.Scheme(rawValue: String(parts[0]))), authority: String(parts[1]))
    }
}
