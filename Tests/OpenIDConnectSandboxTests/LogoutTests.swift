import Testing

@testable import OpenIDConnectSandbox

@Suite("The logout endpoint of the OpenID sandbox")
struct LogoutTests {
    private let registered = "https://app.example/callback"

    @Test("sends the browser back to the client, with its state")
    func redirect() throws {
        let state = try SandboxBench().state
        let target = ["client_id": "sandbox-client", "post_logout_redirect_uri": registered]
        #expect(state.logOut(FormText.encode(target)) == .redirect(registered))
        #expect(
            state.logOut(FormText.encode(target.merging(["state": "a b"]) { $1 }))
                == .redirect("\(registered)?state=a%20b"))
    }

    @Test(
        "sends it nowhere else",
        arguments: [
            ["post_logout_redirect_uri": "https://evil.example"],
            ["client_id": "sandbox-client", "post_logout_redirect_uri": "https://evil.example"],
            ["client_id": "another", "post_logout_redirect_uri": "https://app.example/callback"], [:],
            ["client_id": "sandbox-client", "post_logout_redirect_uri": "http://127.0.0.1.evil.example/"],
        ])
    func page(parameters: [String: String]) throws {
        guard case .page = try SandboxBench().state.logOut(FormText.encode(parameters)) else {
            Issue.record("The browser was sent away.")
            return
        }
    }
}
