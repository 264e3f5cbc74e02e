import BrokerSandbox
import Crypto
import Foundation
import LoopbackServer
import Testing

@testable import OpenIDConnectSandbox

/// A sandbox without its servers, and a client that asks it.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let redirectURI = "http://127.0.0.1:4711/callback/work"
    static let verifier = String(repeating: "v", count: 43)
    static let form = [HeaderField("Content-Type", "application/x-www-form-urlencoded")]

    var state: SandboxState

    init(
        _ vendor: Vendor = .oidc,
        methods: [ClientMethod] = [.post],
        redirectURIs: [String] = ["https://app.example/callback"]
    ) throws {
        let client = SandboxClient(
            id: vendor.clientId, secret: "client-secret", methods: methods,
            redirectURIs: RedirectURIs(redirectURIs, loopbackPath: "/callback/work"))
        state = SandboxState(
            vendor, client: client, site: .init(base: "https://localhost:1", pages: "http://127.0.0.1:2"),
            key: try SandboxKey(for: .es256)
        ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    }

    /// The parameters of an authorization request that follows the protocol.
    var request: [String: String] {
        [
            "response_type": "code", "client_id": state.client.id, "scope": "openid profile email",
            "redirect_uri": Self.redirectURI, "state": "s", "nonce": "n", "code_challenge_method": "S256",
            "code_challenge": Base64URL.encode(SHA256.hash(data: Data(Self.verifier.utf8))),
        ]
    }

    /// The form that redeems a code.
    func redemption(of code: String) -> [String: String] {
        [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Self.redirectURI,
            "code_verifier": Self.verifier, "client_id": state.client.id, "client_secret": state.client.secret,
        ]
    }

    /// The answer to a request, with these changes; nil in place of a value removes it.
    mutating func answer(
        _ changes: [String: String?] = [:],
        as decision: Decision = .agree(Person.all[0])
    ) throws -> RedirectAnswer {
        let outcome = state.authorize(FormText.encode(Self.changed(request, changes)), decision, at: Self.now)
        guard case .answer(let answer) = outcome else {
            Issue.record("\(outcome)")
            throw NoAnswer()
        }
        return answer
    }

    /// A code for the first person.
    mutating func code(_ changes: [String: String?] = [:]) throws -> String {
        try #require(try answer(changes).parameters["code"])
    }

    /// Presents a code, with these changes.
    mutating func redeem(
        _ code: String,
        _ changes: [String: String?] = [:],
        authorization: [String] = [],
        after seconds: TimeInterval = 1
    ) throws -> VendorAnswer {
        try state.redeem(
            Self.changed(redemption(of: code), changes), authorization, at: Self.now.addingTimeInterval(seconds))
    }

    /// The claims of a token; its signature is not verified.
    static func claims(of token: JSON?) throws -> [String: Any] {
        guard case .text(let text) = token else { throw NoAnswer() }
        let parts = text.split(separator: ".")
        return try #require(Base64URL.decode(parts[1]).flatMap { JSON.members(of: $0) })
    }

    static func changed(_ parameters: [String: String], _ changes: [String: String?]) -> [String: String] {
        changes.reduce(into: parameters) { $0[$1.key] = $1.value }
    }

    private struct NoAnswer: Error {}
}
