import BrokerTesting

@testable import IdentityBroker

extension GuardedTransport {
    /// The guarded transport of a login with the ticket `abc/123+def`, ten seconds before its deadline.
    static func example(
        over transport: ScriptedTransport = ScriptedTransport(),
        credential: Credential = .guarded,
        clock: TestClock = TestClock(),
        egress: EgressPolicy = EgressPolicy()
    ) -> GuardedTransport {
        GuardedTransport(
            transport,
            policy: TransportPolicy(egress: egress),
            deadline: Deadline(in: .seconds(10), by: BrokerClock(clock, now: clock.wallClock)),
            secret: credential.value
        )
    }

    /// Why a request is refused, or nil if it is sent and answered.
    func refusal(of request: UpstreamRequest) async -> BrokerError? {
        do throws(BrokerError) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension Credential {
    /// A ticket that is spelled differently in URLs and in JSON documents.
    static let guarded = Credential.ticket("abc/123+def")
}
