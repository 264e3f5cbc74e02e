import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Redirect URIs")
struct RedirectURITests {
    @Test(
        "https, loopback addresses and private-use schemes with a dot can be registered",
        arguments: [
            "https://app.example.com/callback", "https://app.example.com", "https://app.example.com:8443/a?b=c&d",
            "http://127.0.0.1/callback", "http://127.0.0.1:8080/", "http://127.0.0.2:1/", "http://[::1]:9000/cb",
            "com.example.phone:/callback", "com.example.phone://callback", "msauth.com.example.app://auth",
        ])
    func registered(text: String) throws {
        #expect(try RedirectURI(text, isNative: false).matches(text, isNative: false))
        #expect(throws: Never.self) { try RedirectURI(text, isNative: true) }
    }

    @Test(
        "Nothing else can be registered",
        arguments: [
            ("", RedirectURIFlaw.characters), ("https://app.example.com/#fragment", .characters),
            ("https://app.example.com/a b", .characters), ("https://app.example.com/\u{212A}", .characters),
            ("https://app.example.com\\@evil.example/", .characters), ("https://app.example.com/\n", .characters),
            ("https://*.example.com/", .host), ("https://user@app.example.com/", .host), ("https:///callback", .host),
            ("https:app.example.com", .host), ("https://APP.example.com/", .host), ("https://app.example.com./", .host),
            ("https://app.example.com:0/", .host), ("http://127.1/", .host), ("http://0x7f.0.0.1/", .host),
            ("http://app.example.com/", .insecure), ("http://127.0.0.1.evil.example/", .insecure),
            ("http://localhost.evil.example/", .insecure), ("http://10.0.0.1/", .insecure),
            ("http://localhost:8080/", .localhost),
            ("https://app.example.com/a/../b", .dotSegments), ("https://app.example.com/..;/b", .dotSegments),
            ("https://app.example.com/%2E%2e/b", .dotSegments), ("https://app.example.com/./b", .dotSegments),
            ("javascript:alert(1)", .scheme), ("data:text/html,x", .scheme), ("myapp:/callback", .scheme),
            ("com.example.phone:", .scheme), ("Com.example.phone:/a", .scheme), ("/callback", .scheme),
            ("app.example.com", .scheme), ("ftp://app.example.com/", .scheme), ("1.example:/a", .scheme),
        ])
    func refused(text: String, flaw: RedirectURIFlaw) {
        #expect(throws: flaw, "\(text)") { try RedirectURI(text, isNative: false) }
    }

    @Test(
        "A request's URI is the registered one byte by byte",
        arguments: [
            "https://app.example.com/callback/", "https://app.example.com/callback?",
            "https://app.example.com/Callback",
            "https://app.example.com/callback#", "https://app.example.com/callback?a=b",
            "https://app.example.com/x/..;/callback", "https://app.example.com/x/../callback",
            "https://app.example.com/%63allback", "https://app.example.com/callback%2e",
            "HTTPS://app.example.com/callback",
            "https://APP.example.com/callback", "https://app.example.com./callback",
            "https://app.example.com:443/callback", "https://app.example.com\\@evil.example/callback",
            "https://user@app.example.com/callback", "https://app.example.com@evil.example/callback",
            "https://app.example.com/callback\t", "\nhttps://app.example.com/callback",
            "https://xn--app-example-com.example/callback", "http://app.example.com/callback",
            "https://app.example.com/callbac\u{212A}", "//app.example.com/callback", "/callback", "javascript:alert(1)",
        ])
    func exact(text: String) throws {
        let registered = try RedirectURI("https://app.example.com/callback", isNative: true)
        for isNative in [false, true] { #expect(!registered.matches(text, isNative: isNative), "\(text)") }
    }

    @Test("A character that is canonically equivalent to a registered one is another character")
    func equivalence() throws {
        let registered = try RedirectURI("https://app.example.com/K", isNative: false)
        let requested = "https://app.example.com/\u{212A}"
        #expect(requested == registered.text, "which is why texts are not compared")
        #expect(!registered.matches(requested, isNative: false))
    }

    @Test(
        "The port of a loopback address may vary, for native clients only",
        arguments: [
            ("http://127.0.0.1/cb", "http://127.0.0.1:50123/cb", true),
            ("http://127.0.0.1/cb", "http://127.0.0.1/cb", true),
            ("http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb", true),
            ("http://127.0.0.1:1/cb", "http://127.0.0.1/cb", true),
            ("http://[::1]/cb?a", "http://[::1]:8080/cb?a", true), ("http://127.0.0.1", "http://127.0.0.1:8080", true),
            ("http://127.0.0.1/cb", "http://127.0.0.2:50123/cb", false),
            ("http://127.0.0.1/cb", "http://[::1]:50123/cb", false),
            ("http://127.0.0.1/cb", "http://localhost:50123/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:080/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:+80/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false),
            ("http://127.0.0.1", "http://127.0.0.1:80@evil.example", false),
            ("http://127.0.0.1", "http://127.0.0.11", false),
            ("http://127.0.0.1/cb", "https://127.0.0.1:50123/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb/", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb?a=b", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/", false),
            ("http://localhost:80/cb", "http://localhost:81/cb", false),
            ("http://localhost:80/cb", "http://localhost:80/cb", true),
            ("com.example.phone:/cb", "com.example.phone:80/cb", false),
        ])
    func port(registered: String, requested: String, isSame: Bool) throws {
        let uri = try RedirectURI(registered, isNative: true)
        #expect(uri.matches(requested, isNative: true) == isSame)
        #expect(uri.matches(requested, isNative: false) == (registered == requested))
    }

    @Test("Only https proves the client")
    func proof() throws {
        #expect(try RedirectURI("https://app.example.com/", isNative: true).provesClient)
        for text in ["http://127.0.0.1/", "http://localhost/", "com.example.phone:/"] {
            #expect(try !RedirectURI(text, isNative: true).provesClient, "\(text)")
        }
    }

    @Test("A client says what is wrong with its redirect URIs")
    func settings() throws {
        func make(
            _ uris: [String],
            grants: Set<GrantType> = [.authorizationCode],
            pkce: AuthorizationSettings.PKCE = .required
        ) throws {
            _ = try TokenClient(
                id: "app", authentication: .none, grants: grants, audiences: ["a"],
                authorization: AuthorizationSettings(redirectURIs: uris, pkce: pkce))
        }
        #expect(throws: Never.self) { try make([RequestBench.redirectURI]) }
        let refused: [(words: String, body: () throws -> Void)] = [
            ("no redirect URI", { try make([]) }),
            ("twice", { try make([RequestBench.redirectURI, RequestBench.redirectURI]) }),
            ("Redirect URI 2 of the client app", { try make([RequestBench.redirectURI, "javascript:x"]) }),
            ("PKCE", { try make([RequestBench.redirectURI], pkce: .optional) }),
        ]
        for (words, body) in refused {
            let error = #expect(throws: BrokerError.self) { try body() }
            #expect(error?.kind == .misconfigured && error?.message.contains(words) == true, "\(words)")
            #expect(error?.message.contains("javascript") == false)
        }
        #expect(throws: Never.self) { try make([], grants: [.refreshToken]) }
    }

    @Test("Clients with redirect URIs get ID tokens signed with RS256, and others as before")
    func algorithm() throws {
        let clients = try ClientDirectory(RequestBench.clients() + TokenBench.clients().filter { $0.id == "wide" })
        #expect(clients["web"]?.idTokenAlgorithm == .rs256 && clients["web"]?.signingAlgorithm == .es256)
        #expect(clients["wide"]?.idTokenAlgorithm == .es256)
    }
}
