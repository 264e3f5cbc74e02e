import BrokerTesting
import IdentityBroker
import Testing

@Suite("A provider's failure")
struct ProviderFailureTests {
    private struct OwnError: Error, CustomStringConvertible {
        var description: String { "\(Canary.ticket) \(Canary.secret)" }
    }

    @Test("is passed on with the provider and the credential's fate", arguments: [false, true])
    func brokerError(isSent: Bool) async throws {
        let bench = try Bench { credential, exchange in
            if isSent { _ = try await exchange.send(.redeeming(credential)) }
            throw BrokerError(.rateLimited, "Too many.", upstreamCode: "2000", retryAfter: .seconds(30))
        }
        let error = try await bench.refusal()
        #expect(error.kind == .rateLimited)
        #expect(error.message == "Too many.")
        #expect(error.upstreamCode == "2000")
        #expect(error.retryAfter == .seconds(30))
        #expect(error.provider == Bench.id)
        #expect(error.credential == (isSent ? .spent : .unused))
        #expect(try await bench.isHeld() == isSent)
    }

    @Test("is a bug if it is another error, of which only the type is reported")
    func ownError() async throws {
        let bench = try Bench { _, _ in throw OwnError() }
        let error = try await bench.refusal(of: .ticket(Canary.ticket))
        #expect(error.kind == .internalError)
        #expect(bench.log.mentions("OwnError"))
        #expect(Canary.found(in: "\(error) \(bench.log.text) \(bench.audit)").isEmpty)
    }

    @Test("is a bug if it is an unrequested cancellation")
    func cancellation() async throws {
        #expect(try await Bench { _, _ in throw CancellationError() }.refusal().kind == .internalError)
    }

    @Test("is a bug if the credential is sent a second time, which is prevented")
    func secondSend() async throws {
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            _ = try await exchange.send(.redeeming(credential))
            return .person
        }
        let error = try await bench.refusal()
        #expect(error.kind == .internalError)
        #expect(error.credential == .spent)
        #expect(bench.transport.sendings.count == 1)
    }

    @Test("keeps nothing from an earlier login's error that is thrown again")
    func stale() async throws {
        let earlier = Locked<BrokerError?>(nil)
        let bench = try Bench { credential, exchange in
            if let error = earlier.withLock({ $0 }) { throw error }
            _ = try await exchange.send(.redeeming(credential))
            throw BrokerError(.accessDenied, "No.")
        }
        let first = try await bench.refusal(of: .ticket("one"))
        #expect(first.credential == .spent)
        earlier.withLock { $0 = first }
        #expect(try await bench.refusal(of: .ticket("two")).credential == .unused)
    }
}
