import AlipayProvider
import BrokerSandbox
import CurlTransport
import Foundation
import IdentityBroker
import Testing

@testable import AlipaySandbox

@Suite("A login at the sandbox")
struct LoginTests {
    @Test("signs everyone in through libcurl, by redirect and with a code of an app", arguments: [0, 1])
    func people(codeCount: Int) async throws {
        let sandbox = try await AlipaySandbox.start(.init(id: "work", codeCount: codeCount))
        let transport = try CurlTransport()
        do {
            let people = try await identities(at: sandbox, over: transport)
            #expect(people.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
            #expect(people.map(\.claims.gender) == ["female", "female", "male"])
            #expect(people.allSatisfy { $0.notices.isEmpty && $0.alternateIdentifiers.count == 1 })
            #expect(Set(people.map(\.subject)).count == 3)
        } catch {
            await transport.shutdown()
            await sandbox.stop()
            throw error
        }
        await transport.shutdown()
        await sandbox.stop()
    }

    private func identities(at sandbox: AlipaySandbox, over transport: CurlTransport) async throws -> [Identity] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(sandbox.caCertificatePEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let broker = try broker(for: sandbox, trusting: file.path(), over: transport)
        var identities: [Identity] = []
        for person in sandbox.people {
            switch try sandbox.signIn(as: person) {
            case .credential(let credential): identities.append(try await broker.login("work", with: credential))
            case .redirect(let answer):
                let start = try await broker.beginRedirect("work", returningTo: "http://127.0.0.1/callback/work")
                identities.append(
                    try await broker.login("work", with: .callback(try answer(start.url), of: start.flow)))
            }
        }
        return identities
    }

    private func broker(
        for sandbox: AlipaySandbox,
        trusting caFile: String,
        over transport: CurlTransport
    ) throws -> Broker {
        var settings = AlipayProvider.Settings(
            appId: AlipaySandbox.appId, privateKey: .literal(Secret(sandbox.appKey)), apiURL: sandbox.baseURL,
            authorizeURL: sandbox.upstream.site.pages)
        settings.alipayPublicKey = .literal(Secret(sandbox.alipayKey))
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            AlipayProvider.self, settings: settings, context: ProviderContext(id: "work"),
            limits: ProviderLimits(timeout: .seconds(120), connectTimeout: .seconds(60)),
            network: NetworkPolicy(caFile: caFile, egress: EgressPolicy(allowedNetworks: loopback)))
        return try Broker(providers: [instance], transport: transport)
    }
}
