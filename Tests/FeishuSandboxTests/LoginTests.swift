import BrokerSandbox
import BrokerTesting
import FeishuProvider
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
    private func outcomes(
        _ way: Way,
        evicting: Bool = false,
        _ endpoint: TokenEndpoint = .v2
    ) async throws -> [Result<Identity, BrokerError>] {
        let sandbox = try await FeishuSandbox.start(
            .init(id: LocalBroker.id), issuesLoginCodes: way == .login, tokenEndpoint: endpoint)
        var outcomes: [Result<Identity, BrokerError>] = []
        do {
            outcomes = try await run(at: sandbox, way) { broker in
                var outcomes: [Result<Identity, BrokerError>] = []
                for person in sandbox.people {
                    // Once: the broker asks for another token only now and then.
                    if evicting, outcomes.count == 1 { try sandbox.upstream.withState { $0.appTokens.void() } }
                    do {
                        outcomes.append(.success(try await identity(of: person, at: sandbox, broker, way)))
                    } catch let error as BrokerError {
                        outcomes.append(.failure(error))
                    }
                }
                return outcomes
            }
        } catch {
            Issue.record(error)
        }
        await sandbox.stop()
        return outcomes
    }

    private func run<Value>(
        at sandbox: FeishuSandbox,
        _ way: Way,
        store: any BrokerStore = MemoryStore(),
        _ body: (Broker) async throws -> Value
    ) async throws -> Value {
        let endpoint = sandbox.tokenEndpoint
        let settings = FeishuProvider.Settings(
            appId: Tenancy.appId, secret: .literal(Secret(sandbox.secret)), tenants: [Tenancy.tenantKey],
            usesPKCE: endpoint.takesPKCE, appCode: way == .login ? .login : .requestAccess,
            tokenPath: endpoint == .v2 ? endpoint.path : sandbox.baseURL + endpoint.path, apiURL: sandbox.baseURL,
            authorizeURL: sandbox.upstream.site.pages)
        return try await LocalBroker.run(
            FeishuProvider.self, settings, trusting: sandbox.caCertificatePEM, store: store, body)
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: FeishuSandbox,
        _ broker: Broker,
        _ way: Way
    ) async throws -> Identity {
        guard way == .page else {
            return try await broker.login(LocalBroker.id, with: try sandbox.credential(of: Person.named(person.name)))
        }
        guard case .redirect(let answer) = try sandbox.signIn(as: person) else { throw SandboxFault.undecided }
        let start = try await broker.beginRedirect(
            LocalBroker.id, returningTo: "http://127.0.0.1/callback/\(LocalBroker.id)")
        return try await broker.login(LocalBroker.id, with: .callback(try answer(start.url), of: start.flow))
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

    @Test("succeeds at the third version of the token endpoint, without PKCE where that is refused")
    func thirdVersion() async throws {
        for endpoint in [TokenEndpoint.v3, .v3WithoutPKCE] { _ = try check(await outcomes(.page, endpoint)) }
        _ = try check(await outcomes(.requestAccess, .v3))
    }

    @Test("succeeds at two brokers with one store, neither of which voids the other's app token")
    func replicas() async throws {
        let (sandbox, store) = (
            try await FeishuSandbox.start(.init(id: LocalBroker.id), issuesLoginCodes: true), MemoryStore()
        )
        do {
            try await run(at: sandbox, .login, store: store) { first in
                try await run(at: sandbox, .login, store: store) { second in
                    for broker in [first, second, first, second] {
                        let person = try #require(sandbox.people.first)
                        _ = try await identity(of: person, at: sandbox, broker, .login)
                    }
                }
            }
        } catch {
            Issue.record(error)
        }
        await sandbox.stop()
        // A token that was voided would have been renewed.
        #expect(store.auditEvents.count == 4 && store.auditEvents.allSatisfy { $0.notices.isEmpty })
    }

    @Test("succeeds after Feishu has voided the app's token")
    func eviction() async throws {
        _ = try check(await outcomes(.login, evicting: true))
    }
}
