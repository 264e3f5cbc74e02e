import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What changes while a login is under way")
struct ChangeDuringLoginTests {
    /// What an operator does to the client `web`.
    enum Change: String, CaseIterable, CustomTestStringConvertible {
        case removed, otherSecret, noExchange, otherProviders, otherAudience

        var testDescription: String { rawValue }

        func clients() throws -> ClientDirectory {
            guard self != .removed else { return try ClientDirectory() }
            return try ClientDirectory([
                TokenClient(
                    id: "web",
                    authentication: .secret(Secret(self == .otherSecret ? "another-secret-of-web" : TokenBench.secret)),
                    grants: self == .noExchange ? [.refreshToken] : TokenClient.standardGrants,
                    audiences: [self == .otherAudience ? "https://other.example.com" : TokenBench.audience],
                    providers: self == .otherProviders ? ["wechat"] : nil)
            ])
        }

        var code: OAuthError.Code {
            switch self {
            case .removed, .otherSecret: .invalidClient
            case .noExchange: .unauthorizedClient
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
            during = { [service = bench.service] in try service.replaceClients(with: change.clients()) }
        }
        #expect(try await refusal { try await bench.signIn() }.code == change.code)
        #expect(bench.events(.login).map(\.failure) == [nil])
        #expect(bench.events(.tokenExchange).map(\.failure) == [try outcome(of: change)])
        #expect(bench.events(.tokenExchange).map(\.credential) == ["spent"])
        #expect(bench.store.count(of: .replace) == 1, "the grant was replaced by one that has ended")
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
