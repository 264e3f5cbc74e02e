import BrokerTesting
import Logging
import Testing

@testable import IdentityBroker

@Suite("What an operator learns about failing logins", .timeLimit(.minutes(5)))
struct FailureNoticeTests {
    private static let line = "logins fail until an operator puts something right"

    private func lines(of bench: Bench) -> [RecordedLogEntry] {
        bench.log.entries.filter { $0.message == Self.line }
    }

    @Test(
        "is the reason, when it is new and then once a minute",
        arguments: [BrokerError.Kind.misconfigured, .internalError])
    func once(_ kind: BrokerError.Kind) async throws {
        let bench = try Bench { _, _ in throw BrokerError(kind, "Check userPoolId and secret.", upstreamCode: "2020") }
        for number in 1...3 { _ = try await bench.refusal(of: .ticket("\(number)")) }
        #expect(lines(of: bench).count == 1)
        let first = try #require(lines(of: bench).first)
        #expect(first.level == .error)
        #expect(
            first.metadata == [
                "broker.provider": "scripted", "broker.reason": "Check userPoolId and secret.",
                "broker.upstream_code": "2020",
            ])
        bench.clock.advance(by: .seconds(59))
        _ = try await bench.refusal(of: .ticket("4"))
        #expect(lines(of: bench).count == 1)
        bench.clock.advance(by: .seconds(1))
        _ = try await bench.refusal(of: .ticket("5"))
        #expect(lines(of: bench).count == 2)
    }

    @Test("is another reason once a second at most")
    func another() async throws {
        let bench = try Bench { credential, _ in
            throw BrokerError(.misconfigured, credential.value == Secret("1") ? "One." : "Another.")
        }
        _ = try await bench.refusal(of: .ticket("1"))
        _ = try await bench.refusal(of: .ticket("2"))
        #expect(lines(of: bench).map { $0.metadata["broker.reason"] } == ["One."])
        bench.clock.advance(by: .seconds(1))
        _ = try await bench.refusal(of: .ticket("3"))
        #expect(lines(of: bench).map { $0.metadata["broker.reason"] } == ["One.", "Another."])
    }

    @Test("does not include errors of users and callers, or unconfigured providers")
    func nothing() async throws {
        let bench = try Bench { _, _ in throw BrokerError(.invalidCredential, "No.") }
        _ = try await bench.refusal(of: .ticket("1"))
        _ = try await bench.refusal(of: .ticket("2"), at: "unknown")
        #expect(lines(of: bench).isEmpty)
    }

    @Test("contains no credential")
    func redacted() async throws {
        let bench = try Bench { _, _ in throw BrokerError(.misconfigured, "It refused canary-ticket-9a7d5c31.") }
        _ = try await bench.refusal(of: .ticket("canary-ticket-9a7d5c31"))
        #expect(lines(of: bench).count == 1)
        #expect(lines(of: bench).first?.metadata["broker.reason"]?.contains("canary") == false)
    }
}
