import BrokerConfiguration
import BrokerService
import Foundation
import IdentityBroker
import OpenIDConnectProvider
import Testing

@testable import BrokerCommands

/// The broker's logout URL at a sandbox, opened as a browser opens it.
@Suite("A logout at the sandbox of an OpenID provider", .timeLimit(.minutes(5)))
struct OpenIDSandboxLogoutTests {
    private static let address = "http://127.0.0.1:1/callback/oidc"

    private func url(
        of type: ProviderID,
        _ report: SandboxProcess.OpenIDReport,
        idToken: String? = nil
    ) async throws -> String? {
        let kinds = [ProviderKind(OpenIDConnectProvider.self)] + OpenIDConnectPreset.all.map(\.kind)
        let configuration = try Configuration.load(
            contentsOf: report.config, providers: ProviderRegistry(kinds), stores: StoreRegistry([.memory]))
        let running = try await RunningBroker(configuration)
        let request = LogoutRequest(idToken: idToken.map { Secret($0) }, returnURI: Self.address, state: "s 1")
        let url = try await running.broker.logoutURL(of: type, for: request)
        await running.shutdown()
        return url
    }

    @Test("leads back to the app with its state, and only if the broker was given an ID token of the client")
    func leadsBack() async throws {
        _ = try await SandboxProcess.run(["oidc"]) { (report: SandboxProcess.OpenIDReport) in
            func location(_ idToken: String?) async throws -> String? {
                let url = try #require(try await url(of: "oidc", report, idToken: idToken))
                let answer = try await OpenIDPage.curl(url, "--include")
                return answer.firstMatch(of: /Location: ([^\r\n]+)/).map { String($0.1) }
            }
            let token = try #require(report.id_tokens.first)
            #expect(try await location(token) == "\(Self.address)?state=s%201")
            #expect(try await location("\(token)x") == nil)
            #expect(try await location(nil) == nil)
        }
    }

    @Test("is not possible where the vendor has none")
    func none() async throws {
        _ = try await SandboxProcess.run(["google"]) { (report: SandboxProcess.OpenIDReport) in
            let found = try await url(of: "google", report, idToken: report.id_tokens.first)
            #expect(found == nil)
        }
    }
}
