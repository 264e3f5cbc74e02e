import BrokerSandbox
import BrokerTesting
import DingTalkProvider
import IdentityBroker
import Testing

@testable import DingTalkSandbox

@Suite("A login at the sandbox")
struct LoginTests {
    @Test("signs everyone in through libcurl, by redirect and with a code of an app", arguments: [0, 1])
    func people(codeCount: Int) async throws {
        let sandbox = try await DingTalkSandbox.start(.init(id: LocalBroker.id, codeCount: codeCount))
        do {
            let people = try await identities(at: sandbox)
            #expect(people.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
            #expect(
                people.map { $0.claims.phoneNumber?.value.rawValue } == [
                    "+12025550101", "+12025550102", "+12025550103",
                ])
            #expect(
                people.map { $0.claims.email?.value.rawValue } == ["ada@people.example", "grace@people.example", nil])
            #expect(people.allSatisfy { $0.notices.isEmpty && $0.alternateIdentifiers.count == 2 })
            #expect(Set(people.map(\.subject)).count == 3)
        } catch {
            Issue.record(error)
        }
        await sandbox.stop()
    }

    private func identities(at sandbox: DingTalkSandbox) async throws -> [Identity] {
        let settings = DingTalkProvider.Settings(
            clientId: DingTalkSandbox.clientId, clientSecret: .literal(Secret(sandbox.clientSecret)),
            apiURL: sandbox.baseURL, authorizeURL: sandbox.upstream.site.pages)
        return try await LocalBroker.run(DingTalkProvider.self, settings, trusting: sandbox.caCertificatePEM) {
            broker in
            var identities: [Identity] = []
            for person in sandbox.people { identities.append(try await identity(of: person, at: sandbox, broker)) }
            return identities
        }
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: DingTalkSandbox,
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
