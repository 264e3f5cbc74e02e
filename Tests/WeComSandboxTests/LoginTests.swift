import BrokerSandbox
import BrokerTesting
import IdentityBroker
import Testing
import WeComProvider

@testable import WeComSandbox

@Suite("A login at the sandbox")
struct LoginTests {
    /// What becomes of a login of everyone, through libcurl.
    private func outcomes(
        page: WeComPage,
        scope: WeComScope = .base,
        byMiniProgram: Bool = false,
        between: @Sendable (WeComSandbox) throws -> Void = { _ in }
    ) async throws -> [Result<Identity, BrokerError>] {
        let sandbox = try await WeComSandbox.start(.init(id: LocalBroker.id))
        var outcomes: [Result<Identity, BrokerError>] = []
        do {
            outcomes = try await run(at: sandbox, page, scope) { broker in
                var outcomes: [Result<Identity, BrokerError>] = []
                for person in sandbox.people {
                    try between(sandbox)
                    do {
                        outcomes.append(
                            .success(try await identity(of: person, at: sandbox, broker, byMiniProgram: byMiniProgram)))
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
        at sandbox: WeComSandbox,
        _ page: WeComPage = .web,
        _ scope: WeComScope = .base,
        store: any BrokerStore = MemoryStore(),
        _ body: (Broker) async throws -> Value
    ) async throws -> Value {
        let settings = WeComProvider.Settings(
            corpId: Company.corpId, agentId: Company.agentId, secret: .literal(Secret(sandbox.secret)), page: page,
            scope: scope, apiURL: sandbox.baseURL, authorizeURL: sandbox.upstream.site.pages)
        return try await LocalBroker.run(
            WeComProvider.self, settings, trusting: sandbox.caCertificatePEM, store: store, body)
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: WeComSandbox,
        _ broker: Broker,
        byMiniProgram: Bool
    ) async throws -> Identity {
        guard !byMiniProgram else {
            return try await broker.login(LocalBroker.id, with: try sandbox.credential(of: Person.named(person.name)))
        }
        guard case .redirect(let answer) = try sandbox.signIn(as: person) else { throw SandboxFault.undecided }
        let start = try await broker.beginRedirect(
            LocalBroker.id, returningTo: "http://127.0.0.1/callback/\(LocalBroker.id)")
        return try await broker.login(LocalBroker.id, with: .callback(try answer(start.url), of: start.flow))
    }

    private func check(_ outcomes: [Result<Identity, BrokerError>]) throws -> [Identity] {
        let members = outcomes.compactMap { try? $0.get() }
        #expect(members.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper"])
        #expect(members.map(\.subject) == ["adalovelace", "gracehopper"])
        #expect(members.flatMap(\.notices) == [])
        #expect(throws: BrokerError.self) { try outcomes.last?.get() }
        guard case .failure(let error)? = outcomes.last else { return members }
        #expect(error.kind == .accessDenied)
        return members
    }

    @Test("lets members in, and no one else, from each page and in a mini program")
    func everyone() async throws {
        _ = try check(await outcomes(page: .web))
        _ = try check(await outcomes(page: .inApp))
        _ = try check(await outcomes(page: .web, byMiniProgram: true))
    }

    @Test("shows the details that members agree to show")
    func details() async throws {
        let members = try check(await outcomes(page: .inApp, scope: .privateInfo))
        #expect(members.map { $0.claims.phoneNumber?.value.rawValue } == ["+12025550101", "+12025550102"])
        #expect(members.first?.claims.picture == "https://wework.qpic.cn/wwpic/ada/0")
    }

    @Test("succeeds at two brokers with one store, neither of which voids the other's app token")
    func replicas() async throws {
        let (sandbox, store) = (try await WeComSandbox.start(.init(id: LocalBroker.id)), MemoryStore())
        do {
            try await run(at: sandbox, store: store) { first in
                try await run(at: sandbox, store: store) { second in
                    for broker in [first, second, first, second] {
                        let person = try #require(sandbox.people.first)
                        _ = try await identity(of: person, at: sandbox, broker, byMiniProgram: true)
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

    @Test("succeeds after WeCom has voided the app's token")
    func eviction() async throws {
        // Once: a second time within the same half minute, no newer token would be fetched.
        let logins = Locked(0)
        _ = try check(
            await outcomes(page: .web) { sandbox in
                let isSecond = logins.withLock { count in
                    count += 1
                    return count == 2
                }
                if isSecond { try sandbox.upstream.withState { $0.appTokens.void() } }
            })
    }
}
