import HTTPTypes
import IdentityBroker
import Testing

@testable import CurlTransport

@Suite("A request that is not plain")
struct RequestCheckTests {
    private static let invalid = TransportFailure(.invalidRequest, mayHaveLeft: false)

    private func failure(_ change: (inout HTTPRequest) -> Void) async throws -> TransportFailure {
        let url = try #require(UpstreamURL("https://login.example"))
        var request = UpstreamRequest(method: .get, url: url)
        change(&request.head)
        let changed = request
        return try await CurlTransport.withTransport { try await $0.failure(of: changed, under: TransportPolicy()) }
    }

    @Test("is refused for its scheme", arguments: [nil, "", "file", "ftp", "HTTPS", "https:", "gopher", "unix"])
    func scheme(text: String?) async throws {
        #expect(try await failure { $0.scheme = text } == Self.invalid)
    }

    @Test(
        "is refused for its authority",
        arguments: [
            nil, "", "Login.example", "user@login.example", "user:password@login.example", "login.example:443",
            "login.example:0", "login.example:70000", "login.example:8443:1", "login.example/path", "login.example?q",
            "login.example#f", "login.example\\@evil.example", "127.1", "0x7f.0.0.1", "2130706433", "[::1",
            "[fe80::1%25lo]",
            "löwe.example", "a b.example",
        ])
    func authority(text: String?) async throws {
        #expect(try await failure { $0.authority = text } == Self.invalid)
    }

    @Test(
        "is refused for its path",
        arguments: [
            nil, "", "path", "*", "/a b", "/a#b", "/a\tb", "/a\\b", "/ä", "/a\"b", "/a<b", "/a|b", "/a{b}",
        ])
    func path(text: String?) async throws {
        #expect(try await failure { $0.path = text } == Self.invalid)
    }

    @Test("is refused for its method", arguments: [HTTPRequest.Method.connect, .trace])
    func method(method: HTTPRequest.Method) async throws {
        #expect(try await failure { $0.method = method } == Self.invalid)
    }

    @Test("is refused for a body if the method has none")
    func headWithBody() async throws {
        let url = try #require(UpstreamURL("https://login.example"))
        let request = UpstreamRequest(method: .head, url: url, body: [0x7B, 0x7D])
        let failure = try await CurlTransport.withTransport {
            try await $0.failure(of: request, under: TransportPolicy())
        }
        #expect(failure == Self.invalid)
    }

    @Test(
        "is refused for a field that only the transport writes",
        arguments: [
            "Connection", "Content-Length", "Expect", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
            "User-Agent",
        ])
    func field(name: String) async throws {
        let name = try #require(HTTPField.Name(name))
        #expect(try await failure { $0.headerFields.append(HTTPField(name: name, value: "1")) } == Self.invalid)
    }
}
