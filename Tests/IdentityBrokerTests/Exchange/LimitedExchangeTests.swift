import BrokerTesting
import HTTPTypes
import Logging
import Testing

@testable import IdentityBroker

@Suite("A part of a login")
struct LimitedExchangeTests {
    private let clock = TestClock()

    private func context(over transport: ScriptedTransport) throws -> ExchangeContext {
        let clock = BrokerClock(clock, now: clock.wallClock)
        let guarded = GuardedTransport.example(over: transport, clock: self.clock)
        let sharedValues = SharedValues(
            of: try Bench.instance(), over: transport, clock: clock, logger: LogRecording().makeLogger())
        return ExchangeContext(
            deadline: Deadline(in: .seconds(10), by: clock), logger: LogRecording().makeLogger(), now: clock.now(),
            transport: guarded, sharedValues: sharedValues, ledger: SecretLedger())
    }

    private func failure(_ body: () async throws(BrokerError) -> Void) async -> BrokerError.Kind? {
        do throws(BrokerError) {
            try await body()
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("ends with its own time, and the login goes on")
    func time() async throws {
        let gate = Gate()
        let transport = ScriptedTransport { request throws(TransportFailure) in
            guard request.head.path == "/slow" else { return .ok }
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: true) }
            return .ok
        }
        let login = try context(over: transport)
        let part = login.limited(to: .seconds(4))
        #expect(part.deadline.remaining == .seconds(4))
        async let slow = failure { () async throws(BrokerError) in _ = try await part.send(.keys("slow")) }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(4))
        #expect(await slow == .timedOut)
        #expect(login.deadline.remaining == .seconds(6))
        #expect(try await login.send(.keys("next")).status == .ok)
        #expect(await failure { () async throws(BrokerError) in _ = try await part.send(.keys("late")) } == .timedOut)
    }

    @Test("waits for shared values no longer than its own time")
    func shared() async throws {
        let gate = Gate()
        let part = try context(over: .waiting(at: gate)).limited(to: .seconds(4))
        async let slow = failure { () async throws(BrokerError) in _ = try await part.shared(.text()) }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(4))
        #expect(await slow == .timedOut)
        gate.open()
    }

    @Test("limits a request that is sent again with a newer token of the app")
    func appToken() async throws {
        let (gate, count) = (Gate(), Locked(0))
        let transport = ScriptedTransport { request throws(TransportFailure) in
            let number = count.withLock { count in
                count += 1
                return count
            }
            if request.head.path == "/token" {
                return UpstreamResponse(status: .ok, body: Array("token-\(number)-of-the-app".utf8))
            }
            guard number > 2 else { return UpstreamResponse(status: .unauthorized) }
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: true) }
            return .ok
        }
        let part = try context(over: transport).limited(to: .seconds(4))
        let token = SharedValue<AppToken>.appToken("token", from: .keys("token")) { response in
            AppToken(Secret(String(decoding: response.body, as: UTF8.self)), lifetime: .seconds(60))
        }
        let task = Task {
            do {
                _ = try await part.send(with: token, refusedIf: { $0.status == .unauthorized }) { secret in
                    UpstreamRequest(
                        method: .get, url: .example("api"), headerFields: [.authorization: secret.reveal()])
                }
                return nil as BrokerError.Kind?
            } catch {
                return (error as? BrokerError)?.kind
            }
        }
        try await gate.waitForArrivals()
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(4))
        #expect(await task.value == .timedOut)
    }

    @Test("has no more time than the login, and ends with its cancellation")
    func bounds() async throws {
        let gate = Gate()
        let part = try context(over: .waiting(at: gate)).limited(to: .seconds(60))
        #expect(part.deadline.remaining == .seconds(10))
        let task = Task { await failure { () async throws(BrokerError) in _ = try await part.send(.keys()) } }
        try await gate.waitForArrivals()
        task.cancel()
        #expect(await task.value == .cancelled)
    }
}
