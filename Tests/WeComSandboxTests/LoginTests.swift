import BrokerSandbox
import CurlTransport
import Foundation
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
        let sandbox = try await WeComSandbox.start(.init(id: "work"))
        let transport = try CurlTransport()
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(sandbox.caCertificatePEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var outcomes: [Result<Identity, BrokerError>] = []
        do {
            let broker = try broker(at: sandbox, over: transport, trusting: file.path(), page, scope)
            for person in sandbox.people {
                try between(sandbox)
                do {
                    outcomes.append(
                        .success(try await identity(of: person, at: sandbox, broker, byMiniProgram: byMiniProgram)))
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
        at sandbox: WeComSandbox,
        over transport: CurlTransport,
        trusting file: String,
        _ page: WeComPage,
        _ scope: WeComScope
    ) throws -> Broker {
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            WeComProvider.self,
            settings: .init(
                corpId: Company.corpId, agentId: Company.agentId, secret: .literal(Secret(sandbox.secret)), page: page,
                scope: scope, apiURL: sandbox.baseURL, authorizeURL: sandbox.upstream.site.pages),
            context: ProviderContext(id: "work"),
            limits: ProviderLimits(timeout: .seconds(120), connectTimeout: .seconds(60)),
            network: NetworkPolicy(caFile: file, egress: EgressPolicy(allowedNetworks: loopback)))
        return try Broker(providers: [instance], transport: transport)
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: WeComSandbox,
        _ broker: Broker,
        byMiniProgram: Bool
    ) async throws -> Identity {
        guard !byMiniProgram else {
            return try await broker.login("work", with: try sandbox.credential(of: Person.named(person.name)))
        }
        guard case .redirect(let answer) = try sandbox.signIn(as: person) else { throw SandboxFault.undecided }
        let start = try await broker.beginRedirect("work", returningTo: "http://127.0.0.1/callback/work")
        return try await broker.login("work", with: .callback(try answer(start.url), of: start.flow))
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
                if isSecond { try sandbox.upstream.withState { $0.voidAppToken() } }
            })
    }
}
