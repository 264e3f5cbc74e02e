import BrokerSandbox
import Testing

@testable import OpenIDConnectSandbox

@Suite("The discovery document of the OpenID sandbox")
struct DiscoveryTests {
    @Test(
        "has what the vendor has",
        arguments: [
            (.oidc, ["userinfo", "logout", "S256", "form_post", "par"]), (.apple, ["form_post"]),
            (.genauth, ["userinfo", "logout", "S256", "form_post"]), (.gitlab, ["userinfo", "S256", "form_post"]),
            (.google, ["userinfo", "S256", "form_post"]), (.keycloak, ["logout", "S256", "form_post", "par"]),
            (.line, ["userinfo", "S256"]), (.linkedin, ["userinfo"]),
            (.microsoft, ["userinfo", "logout", "form_post"]), (.slack, ["userinfo", "S256", "form_post"]),
            (.twitch, ["userinfo"]),
        ] as [(Vendor, Set<String>)])
    func abilities(vendor: Vendor, expected: Set<String>) throws {
        let document = try SandboxBench(vendor).state.document
        var found: Set<String> = []
        if document["userinfo_endpoint"] != nil { found.insert("userinfo") }
        if document["end_session_endpoint"] != nil { found.insert("logout") }
        if document["pushed_authorization_request_endpoint"] != nil { found.insert("par") }
        if document["code_challenge_methods_supported"] == ["S256"] { found.insert("S256") }
        if case .list(let modes)? = document["response_modes_supported"], modes.contains("form_post") {
            found.insert("form_post")
        }
        #expect(found == expected)
    }
}
