import IdentityBroker
import HTTPTypes
import OAuthClient
import Testing
import UpstreamAPI

@testable import OpenIDConnectProvider

@Suite("An endpoint")
struct EndpointTests {
    @Test(
        "is used as it is written",
        arguments: [
            ("https://idp.example/token", "/token"), ("https://idp.example/token/", "/token/"),
            ("https://idp.example//api/oidc/auth", "//api/oidc/auth"), ("https://idp.example", "/"),
            ("https://idp.example/oauth2/v2.0/token?p=B2C_1_policy", "/oauth2/v2.0/token?p=B2C_1_policy"),
            ("https://idp.example?p=1", "/?p=1"), ("https://idp.example:8443/realms/a%20b", "/realms/a%20b"),
        ])
    func target(text: String, target: String) {
        let endpoint = Endpoint(text)
        #expect(endpoint?.target == target)
        #expect(endpoint?.request(.get).head.path == target)
    }

    @Test(
        "is an absolute URL that no two parsers read differently",
        arguments: [
            "", "token", "/token", "//idp.example/token", "javascript:alert(1)", "ftp://idp.example/",
            "https://user@idp.example/", "https://idp.example#f", "https://idp.example/#", "https://idp.example/a b",
            "https://idp.example/\\a", "https://idp.example\\@evil.example/", "https://idp.example/../token",
            "https://idp.example/%2e%2E/token", "https://idp.example/./token", "https://idp.example/tökèn",
            "https://0x7f.1/", "https://idp.example:0/", "https:///token", "https://idp.example/\u{0}",
            "https://idp.example/?a=%", "https://idp.example/?%4", "https://idp.example/?a=%zz",
            "https://idp.example/?a=%ff", "https://idp.example/" + String(repeating: "a", count: 2048),
        ])
    func refused(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test(
        "has the names in its query decoded",
        arguments: [
            ("%73tate=x&co%64e=1", ["state", "code"]), ("state", ["state"]), ("a+b=c%3Dd&=", ["a b", ""]), ("", []),
            ("a=b=c&&a", ["a"]),
        ] as [(String, Set<String>)])
    func names(query: String, names: Set<String>) {
        #expect(Endpoint("https://idp.example/?\(query)")?.parameterNames == names)
    }

    @Test("of a discovery document is behind the issuer, whose slash is not doubled")
    func appending() {
        #expect(Endpoint("https://idp.example/a/")?.appending(path: "/x")?.text == "https://idp.example/a/x")
        #expect(Endpoint("https://idp.example")?.appending(path: "/x")?.text == "https://idp.example/x")
    }
}
