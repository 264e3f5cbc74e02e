import BrokerSandbox
import CurlTransport
import FeishuProvider
import Foundation
import IdentityBroker
import Testing

@testable import FeishuSandbox

@Suite("A login at the sandbox")
struct LoginTests {
    /// How people sign in.
    private enum Way: Equatable {
        case page
        case requestAccess
        case login
    }

    /// What becomes of a login of everyone, through libcurl.
    private func outcomes(_ way: Way, evicting: Bool = false) async throws -> [Result<Identity, BrokerError>] {
        let sandbox = try await FeishuSandbox.start(.init(id: "work", issuesLoginCodes: way == .login))
        let transport = try CurlTransport()
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(sandbox.caCertificatePEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var outcomes: [Result<Identity, BrokerError>] = []
        do {
            let broker = try broker(at: sandbox, over: transport, trusting: file.path(), way)
            for person in sandbox.people {
                // Once: the broker asks for another token only now and then.
                if evicting, outcomes.count == 1 { try sandbox.upstream.withState { $0.voidAppToken() } }
                do {
                    outcomes.append(.success(try await identity(of: person, at: sandbox, broker, way)))
                } catch let error as BrokerError {
                    outcomes.append(.failure(error))
                }
            }
        } catch {
            Issue.record(error)
        }
        await transport.shutdown()
        await sandbox.stop()
        return outcomes
    }

    private func broker(
        at sandbox: FeishuSandbox,
        over transport: CurlTransport,
        trusting file: String,
        _ way: Way
    ) throws -> Broker {
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            FeishuProvider.self,
            settings: .init(
                appId: Tenancy.appId, secret: .literal(Secret(sandbox.secret)), tenants: [Tenancy.tenantKey],
                appCode: way == .login ? .login : .requestAccess, apiURL: sandbox.baseURL,
                authorizeURL: sandbox.upstream.site.pages),
            context: ProviderContext(id: "work"),
            limits: ProviderLimits(timeout: .seconds(120), connectTimeout: .seconds(60)),
            network: NetworkPolicy(caFile: file, egress: EgressPolicy(allowedNetworks: loopback)))
        return try Broker(providers: [instance], transport: transport)
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: FeishuSandbox,
        _ broker: Broker,
        _ way: Way
    ) async throws -> Identity {
        guard way == .page else {
            return try await broker.login("work", with: try sandbox.credential(of: Person.named(person.name)))
        }
        guard case .redirect(let answer) = try sandbox.signIn(as: person) else { throw SandboxFault.undecided }
        let start = try await broker.beginRedirect("work", returningTo: "http://127.0.0.1/callback/work")
        return try await broker.login("work", with: .callback(try answer(start.url), of: start.flow))
    }

    private func check(_ outcomes: [Result<Identity, BrokerError>]) throws -> [String] {
        let users = outcomes.compactMap { try? $0.get() }
        #expect(users.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper"])
        #expect(users.flatMap(\.notices) == [])
        guard case .failure(let error)? = outcomes.last else {
            Issue.record("Another tenant's user was let in.")
            return []
        }
        #expect(error.kind == .accessDenied)
        return users.map(\.subject)
    }

    @Test("lets the tenant's users in, as the same from a page and from an app, and no one else")
    func everyone() async throws {
        let page = try check(await outcomes(.page))
        #expect(try check(await outcomes(.requestAccess)) == page)
        #expect(try check(await outcomes(.login)) == page)
        #expect(Set(page).count == 2)
    }

    @Test("succeeds after Feishu has voided the app's token")
    func eviction() async throws {
        _ = try check(await outcomes(.login, evicting: true))
    }
}
