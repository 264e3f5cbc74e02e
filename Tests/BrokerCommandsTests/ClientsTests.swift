import Foundation
import Testing

@Suite("broker clients check")
struct ClientsTests {
    private func configuration(in workspace: borrowing Workspace) throws -> String {
        try workspace.configuration(
            document: """
                server:
                  issuer: https://login.example.com/auth
                  keyEncryptionKey: { env: NOT_SET }
                clients:
                  notes:
                    displayName: Notes
                    secret: { env: NOTES_SECRET }
                    redirectURIs: [https://notes.example.com/callback]
                    postLogoutRedirectURIs: [https://notes.example.com/]
                    backchannelLogoutURI: https://notes.example.com/logout-token
                    par: required
                  tv: { public: true, grants: [device_code, refresh_token] }
                  machine:
                    secret: { env: NOTES_SECRET }
                    grants: [client_credentials]
                    audiences: [https://api.example.com]
                """)
    }

    private static let variables = ["NOTES_SECRET": "canary-client-secret-19ab"]

    private func run(_ arguments: [String], _ variables: [String: String] = variables) async throws
        -> BrokerProcess.Outcome
    {
        let outcome = try await BrokerProcess.run(["clients", "check"] + arguments, variables: variables)
        #expect(!(outcome.output + outcome.error).contains("canary"))
        return outcome
    }

    @Test("shows what each app's developer has to enter, and no secret")
    func text() async throws {
        let workspace = try Workspace()
        let outcome = try await run(["--config", configuration(in: workspace)])
        #expect(outcome.status == 0, "\(outcome.error)")
        for line in [
            "https://login.example.com/auth/.well-known/openid-configuration", "notes (Notes)",
            "https://login.example.com/auth/oauth2/authorize", "https://login.example.com/auth/oauth2/par",
            "https://notes.example.com/callback", "client_secret_basic or client_secret_post", "S256, required",
            "https://login.example.com/auth/oauth2/device_authorization", "userinfo alone",
        ] {
            #expect(outcome.output.contains(line), "\(line)")
        }
    }

    @Test("as JSON has the members of a registration (RFC 7591)")
    func json() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let outcome = try await run(["--config", path, "--format", "json"])
        #expect(outcome.result?["issuer"] as? String == "https://login.example.com/auth")
        let clients = try #require(outcome.result?["clients"] as? [[String: Any]])
        #expect(clients.map { $0["client_id"] as? String } == ["notes", "tv", "machine"])
        #expect(clients[0]["redirect_uris"] as? [String] == ["https://notes.example.com/callback"])
        #expect(clients[0]["grant_types"] as? [String] == ["authorization_code", "refresh_token"])
        #expect(clients[0]["require_pushed_authorization_requests"] as? Bool == true)
        #expect(clients[0]["backchannel_logout_uri"] as? String == "https://notes.example.com/logout-token")
        #expect(clients[1]["token_endpoint_auth_methods"] as? [String] == ["none"])
        #expect(clients[1]["id_token_signed_response_alg"] as? String == "RS256")
        #expect(Set((clients[2]["endpoints"] as? [String: String] ?? [:]).keys) == ["token_endpoint", "jwks_uri"])
        let one = try await run(["tv", "--config", path, "--format", "json"])
        #expect((one.result?["clients"] as? [Any])?.count == 1)
    }

    @Test("reports a client whose secret cannot be read, with its place, and one that does not exist")
    func problems() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace)
        let missing = try await run(["--config", path], [:])
        #expect(missing.status == 78 && missing.output.isEmpty)
        #expect(missing.error.contains("NOTES_SECRET is not set") && missing.error.contains("broker.yaml:"))
        let unknown = try await run(["nobody", "--config", path])
        #expect(unknown.status == 78 && unknown.error.contains("Known ids: notes, tv, machine."))
    }
}
