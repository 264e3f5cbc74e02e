import BrokerSandbox
import Crypto
import Foundation
import LoopbackServer
import Testing

@testable import OpenIDConnectSandbox

@Suite("The logout endpoint of the OpenID sandbox")
struct LogoutTests {
    private let registered = "https://app.example/callback"

    /// An ID token that the client got.
    private func hint(_ bench: inout SandboxBench) throws -> String {
        guard case .text(let token)? = try bench.redeem(try bench.code()).members["id_token"] else {
            throw NoToken()
        }
        return token
    }

    @Test("sends the browser back to the client, with its state")
    func redirect() throws {
        var bench = try SandboxBench()
        let target = ["id_token_hint": try hint(&bench), "post_logout_redirect_uri": registered]
        #expect(bench.state.logOut(FormText.encode(target)) == .redirect(registered))
        for more in [["state": "a b"], ["state": "a b", "client_id": "sandbox-client"]] {
            #expect(
                bench.state.logOut(FormText.encode(target.merging(more) { $1 }))
                    == .redirect("\(registered)?state=a%20b"))
        }
    }

    @Test("knows the ID tokens of each vendor that has it", arguments: [Vendor.oidc, .genauth, .keycloak, .microsoft])
    func vendors(vendor: Vendor) throws {
        var bench = try SandboxBench(vendor)
        let target = ["id_token_hint": try hint(&bench), "post_logout_redirect_uri": registered]
        #expect(bench.state.logOut(FormText.encode(target)) == .redirect(registered))
    }

    @Test("verifies a hint that is signed with RS256")
    func rsa() throws {
        let key = try SandboxKey(for: .rs256)
        let token = try key.sign(["sub": "1"])
        #expect(key.verified(token)?["sub"] as? String == "1")
        #expect(try SandboxKey(for: .rs256).verified(token) == nil)
    }

    @Test(
        "sends it nowhere else",
        arguments: [
            ["post_logout_redirect_uri": "https://evil.example"],
            ["post_logout_redirect_uri": "https://app.example/callback?a=1"],
            ["client_id": "sandbox-client", "post_logout_redirect_uri": "https://evil.example"],
            ["client_id": "another", "post_logout_redirect_uri": "https://app.example/callback"], [:], ["state": "s"],
            ["client_id": "sandbox-client", "post_logout_redirect_uri": "http://127.0.0.1.evil.example/"],
        ])
    func page(parameters: [String: String]) throws {
        var bench = try SandboxBench()
        let parameters = try parameters.merging(["id_token_hint": hint(&bench)]) { $1 }
        guard case .page = bench.state.logOut(FormText.encode(parameters)) else {
            Issue.record("The browser was sent away.")
            return
        }
    }

    @Test("sends it nowhere without an ID token of the client")
    func hints() throws {
        var bench = try SandboxBench()
        let good = try hint(&bench)
        let claims = try #require(Base64URL.decode(good.split(separator: ".")[1]))
        let parts = good.split(separator: ".")
        let changed = String(decoding: claims, as: UTF8.self).replacing("248289761001", with: "248289761002")
        let unsigned = Base64URL.encode(Data(#"{"alg":"none","kid":"sandbox-1"}"#.utf8))
        let another = try SandboxBench(redirectURIs: [registered])
        let stranger = try another.state.nativeIDToken(for: Person.all[0], nonce: "n", at: SandboxBench.now)
        var client: Members = ["iss": "https://localhost:1", "sub": "248289761001", "aud": "another"]
        let otherClient = try bench.state.key.sign(client)
        (client["aud"], client["iss"]) = ("sandbox-client", "https://localhost:3")
        let wrong = [
            "x", "\(parts[0]).\(Base64URL.encode(Data(changed.utf8))).\(parts[2])", "\(unsigned).\(parts[1]).",
            stranger, otherClient, try bench.state.key.sign(client),
        ]
        for hint in [nil] + wrong.map(Optional.some) {
            var parameters = ["client_id": "sandbox-client", "post_logout_redirect_uri": registered]
            parameters["id_token_hint"] = hint
            guard case .page = bench.state.logOut(FormText.encode(parameters)) else {
                Issue.record("The browser was sent away with \(hint ?? "no hint").")
                return
            }
        }
    }

    @Test("is there for the vendors that have it, by GET and by POST")
    func requests() throws {
        var bench = try SandboxBench()
        let target = FormText.encode(["id_token_hint": try hint(&bench), "post_logout_redirect_uri": registered])
        func location(_ request: ReceivedRequest) -> String? {
            guard case .respond(let response)? = bench.state.answerBrowser(request, at: SandboxBench.now).steps.first
            else { return nil }
            return response.headers.first { $0.name == "Location" }?.value
        }
        #expect(location(ReceivedRequest(method: "GET", target: "/logout?\(target)")) == registered)
        let body = Array(target.utf8)
        let post = ReceivedRequest(method: "POST", target: "/logout", headers: SandboxBench.form, body: body)
        #expect(location(post) == registered)
        #expect(location(ReceivedRequest(method: "POST", target: "/logout", body: body)) == nil)
        var google = try SandboxBench(.google)
        let script = google.state.answerBrowser(ReceivedRequest(method: "GET", target: "/logout"), at: SandboxBench.now)
        guard case .respond(let response)? = script.steps.first else { throw NoToken() }
        #expect(response.status == 404)
    }

    private struct NoToken: Error {}
}
