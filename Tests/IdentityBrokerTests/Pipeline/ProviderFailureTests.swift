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

    @Test("is a defect if it is an error of its own, of which only the type is told")
    func ownError() async throws {
        let bench = try Bench { _, _ in throw OwnError() }
        let error = try await bench.refusal(of: .ticket(Canary.ticket))
        #expect(error.kind == .internalError)
        #expect(bench.log.mentions("OwnError"))
        #expect(Canary.found(in: "\(error) \(bench.log.text) \(bench.audit)").isEmpty)
    }

    @Test("is a defect if it is a cancellation that nobody asked for")
    func cancellation() async throws {
        #expect(try await Bench { _, _ in throw CancellationError() }.refusal().kind == .internalError)
    }

    @Test("is one if the credential is sent a second time, and that is not done")
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

    @Test("keeps nothing of an earlier login's error that is thrown again")
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
