import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("A second request with the credential in it")
struct CredentialBearingTests {
    private static let url = UpstreamURL.example("second")

    private static func posting(_ body: String) -> UpstreamRequest {
        UpstreamRequest(method: .post, url: url, body: Array(body.utf8))
    }

    private static func asking(_ path: String) -> UpstreamRequest {
        var request = UpstreamRequest(method: .get, url: url)
        request.head.path = path
        return request
    }

    /// The ticket `abc/123+def` in every place and spelling.
    private static let requests = [
        posting("abc/123+def"),
        posting("ticket=abc/123+def&more"),
        posting("ticket=abc%2F123%2Bdef"),
        posting("ticket=abc%2f123%2bdef"),
        posting("ticket=%61bc/123+de%66"),
        posting(#"{"ticket":"abc\/123+def"}"#),
        posting(#"{"ticket":"abc\u002F123\u002bdef"}"#),
        posting(#"{"ticket":"\u0061bc/123+def"}"#),
        asking("/check?ticket=abc/123+def"),
        asking("/check?ticket=abc%2F123%2Bdef"),
        asking("/check/abc%2f123%2bdef"),
        UpstreamRequest(method: .get, url: url, headerFields: [.authorization: "Bearer abc/123+def"]),
        UpstreamRequest(method: .get, url: url, headerFields: [.cookie: "ticket=abc%2F123%2Bdef"]),
    ]

    @Test("is refused wherever and however the credential appears", arguments: requests)
    func refused(_ request: UpstreamRequest) async {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.refusal(of: .redeeming(.guarded)) == nil)
        #expect(await guarded.refusal(of: request)?.kind == .internalError)
        #expect(transport.sendings.count == 1)
    }

    @Test("is refused however the first one carried it", arguments: requests)
    func refusedAfter(_ request: UpstreamRequest) async {
        let guarded = GuardedTransport.example()
        #expect(await guarded.refusal(of: request) == nil)
        #expect(await guarded.refusal(of: .redeeming(.guarded))?.kind == .internalError)
    }

    @Test(
        "is allowed if the credential is another, or truncated",
        arguments: [
            posting("abc/123+de"), posting("bc/123+def"), posting("ABC/123+DEF"), posting("abc%2F123%2Bde"),
            posting("abc%2F123%2Bde%6"), posting("abc%2"), posting("%"), posting(#"abc\"#), posting(#"abc\u00"#),
            posting(""),
            asking("/abc/123"),
        ]
    )
    func unrelated(_ request: UpstreamRequest) async {
        let guarded = GuardedTransport.example()
        #expect(await guarded.refusal(of: .redeeming(.guarded)) == nil)
        #expect(await guarded.refusal(of: request) == nil)
    }
}
