import AlipayProvider
import BrokerSandbox
import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import AlipaySandbox

@Suite("A login at the sandbox")
struct LoginTests {
    @Test(
        "signs everyone in through libcurl, by redirect and with a code of an app, with a public key and with certificates",
        arguments: [(0, false), (1, false), (0, true), (1, true)])
    func people(codeCount: Int, hasCertificates: Bool) async throws {
        let sandbox = try await AlipaySandbox.start(
            .init(id: LocalBroker.id, codeCount: codeCount), hasCertificates: hasCertificates)
        do {
            let people = try await identities(at: sandbox)
            #expect(people.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
            #expect(people.map(\.claims.gender) == ["female", "female", "male"])
            #expect(people.allSatisfy { $0.notices.isEmpty && $0.alternateIdentifiers.count == 1 })
            #expect(Set(people.map(\.subject)).count == 3)
        } catch {
            Issue.record(error)
        }
        await sandbox.stop()
    }

    private func identities(at sandbox: AlipaySandbox) async throws -> [Identity] {
        var settings = AlipayProvider.Settings(
            appId: AlipaySandbox.appId, privateKey: .literal(Secret(sandbox.appKey)), apiURL: sandbox.baseURL,
            authorizeURL: sandbox.upstream.site.pages)
        var files: [String: String] = [:]
        switch sandbox.identity {
        case .publicKey(let key): settings.alipayPublicKey = .literal(Secret(key))
        case .certificates(let certificates):
            files = ["app.crt": certificates.app, "alipay.crt": certificates.alipay, "root.crt": certificates.root]
            settings.appCertificate = "app.crt"
            settings.alipayCertificate = "alipay.crt"
            settings.rootCertificate = "root.crt"
        }
        let resolver = SecretResolver(environment: { _ in nil }) { [files] path in
            guard let text = files[path] else { throw CocoaError(.fileNoSuchFile) }
            return Array(text.utf8)
        }
        return try await LocalBroker.run(
            AlipayProvider.self, settings, trusting: sandbox.caCertificatePEM, resolver: resolver
        ) { broker in
            var identities: [Identity] = []
            for person in sandbox.people { identities.append(try await identity(of: person, at: sandbox, broker)) }
            return identities
        }
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: AlipaySandbox,
        _ broker: Broker
    ) async throws -> Identity {
        switch try sandbox.signIn(as: person) {
        case .credential(let credential): return try await broker.login(LocalBroker.id, with: credential)
        case .redirect(let answer):
            let start = try await broker.beginRedirect(
                LocalBroker.id, returningTo: "http://127.0.0.1/callback/\(LocalBroker.id)")
            return try await broker.login(
                LocalBroker.id, with: .callback(try answer(start.url), of: start.flow))
        }
    }
}
