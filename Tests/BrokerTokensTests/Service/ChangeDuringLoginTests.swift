import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What changes while a login is under way")
struct ChangeDuringLoginTests {
    /// What an operator does to the client `web`.
    enum Change: String, CaseIterable, CustomTestStringConvertible {
        case removed, otherSecret, noExchange, noRefresh, otherProviders, otherAudience

        var testDescription: String { rawValue }

        func clients() throws -> ClientDirectory {
            guard self != .removed else { return try ClientDirectory() }
            return try ClientDirectory([
                TokenClient(
                    id: "web",
                    authentication: .secret(Secret(self == .otherSecret ? "another-secret-of-web" : TokenBench.secret)),
                    grants: grants,
                    audiences: [self == .otherAudience ? "https://other.example.com" : TokenBench.audience],
                    providers: self == .otherProviders ? ["wechat"] : nil)
            ])
        }

        private var grants: Set<GrantType> {
            switch self {
            case .noExchange: [.refreshToken]
            case .noRefresh: [.tokenExchange]
            default: TokenClient.standardGrants
            }
        }

        var code: OAuthError.Code {
            switch self {
            case .removed, .otherSecret: .invalidClient
            case .noExchange, .noRefresh: .unauthorizedClient
            case .otherProviders: .invalidRequest
            case .otherAudience: .invalidTarget
            }
        }
    }

    @Test("A client that was removed or restricted gets no tokens, and the grant ends", arguments: Change.allCases)
    func client(change: Change) async throws {
        let during = Locked<@Sendable () throws -> Void>({})
        let bench = try await TokenBench { _ in try during.withLock { $0 }() }
        during.withLock { during in
            during = { [service = bench.service, clock = bench.clock] in
                try service.replaceClients(with: change.clients())
                // Longer than a store call may take.
                clock.advance(by: .seconds(6))
            }
        }
        let error = try await refusal { try await bench.signIn() }
        #expect(error.code == change.code && error.credential == .spent)
        #expect(bench.events(.login).map(\.failure) == [nil])
        #expect(bench.events(.tokenExchange).map(\.failure) == [try outcome(of: change)])
        #expect(bench.events(.tokenExchange).map(\.credential) == ["spent"])
        let grants = try await bench.grants
        #expect(grants.count == 1)
        for grant in grants { #expect(try await bench.grant(grant).grant.isRevoked) }
    }

    @Test("A key that was withdrawn signs no token any more")
    func key() async throws {
        let during = Locked<@Sendable () async throws -> Void>({})
        let bench = try await TokenBench { _ in try await during.withLock { $0 }() }
        during.withLock { during in
            during = { [keys = bench.keys] in _ = try await keys.withdraw() }
        }
        let issued = try await bench.signIn()
        #expect(try await bench.accessToken(issued).client == "web")
    }

    private func outcome(of change: Change) throws -> String {
        change == .otherProviders ? "unknown_provider" : change.code.rawValue
    }
}
