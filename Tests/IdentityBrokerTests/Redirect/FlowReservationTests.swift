import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("The flow of a redirect login, reserved", .timeLimit(.minutes(15)))
struct FlowReservationTests {
    private let bench = RedirectBench()

    private func answer(_ code: String, to flow: RedirectFlow) -> Credential {
        .callback("code=\(code)&state=\(flow.state.reveal())", of: flow)
    }

    private func begin(at broker: Broker) async throws -> RedirectFlow {
        try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
    }

    @Test("is completed by one code, in whichever process another one comes")
    func anotherCode() async throws {
        let broker = try bench.makeBroker()
        let flow = try await begin(at: broker)
        _ = try await broker.login("site", with: answer("first", to: flow))
        let other = try bench.makeBroker()
        for (number, broker) in [broker, other].enumerated() {
            let error = try #require(await bench.refusal(broker, of: answer("other-\(number)", to: flow)))
            #expect((error.kind, error.credential) == (.credentialAlreadyUsed, .spent))
            #expect(error.message.contains("another code"))
        }
        #expect(bench.transport.sendings.count == 1)
        #expect(bench.store.auditEvents.map(\.credential) == ["spent", "spent", "spent"])
    }

    @Test("is not completed again by the code that was refused for it")
    func refusedCode() async throws {
        let broker = try bench.makeBroker()
        let flow = try await begin(at: broker)
        _ = try await broker.login("site", with: answer("first", to: flow))
        for _ in 1...3 {
            #expect(await bench.refusal(broker, of: answer("other", to: flow))?.kind == .credentialAlreadyUsed)
        }
        #expect(bench.transport.sendings.count == 1)
    }

    @Test("goes to one of any number of codes that race for it")
    func race() async throws {
        let brokers = try (0..<2).map { _ in try bench.makeBroker() }
        let flow = try await begin(at: brokers[0])
        let successes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let credential = answer("code-\(number % 50)", to: flow)
                    return try await bench.outcome(brokers[number % 2], of: credential) == nil
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(successes == 1)
        #expect(bench.transport.sendings.count == 1)
    }

    @Test("stays open to its code alone while nothing of that has left")
    func unsent() async throws {
        let failures = Locked(2)
        var bench = self.bench
        bench.transport = ScriptedTransport { _ throws(TransportFailure) in
            let isFailing = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if isFailing { throw TransportFailure(.connectionFailed, mayHaveLeft: false) }
            return .ok
        }
        let broker = try bench.makeBroker()
        let flow = try await begin(at: broker)
        for _ in 1...2 {
            let error = try #require(await bench.refusal(broker, of: answer("first", to: flow)))
            #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
            #expect(await bench.refusal(broker, of: answer("other", to: flow))?.kind == .credentialAlreadyUsed)
        }
        _ = try await broker.login("site", with: answer("first", to: flow))
        #expect(await bench.refusal(broker, of: answer("first", to: flow))?.kind == .credentialAlreadyUsed)
        #expect(bench.transport.sendings.count == 3)
    }

    @Test("is one flow among many: a code is still good once, whichever flow it answers")
    func oneCode() async throws {
        let broker = try bench.makeBroker()
        _ = try await broker.login("site", with: answer("abc", to: try await begin(at: broker)))
        let again = answer("abc", to: try await begin(at: broker))
        #expect(await bench.refusal(broker, of: again)?.kind == .credentialAlreadyUsed)
        _ = try await broker.login("site", with: answer("abd", to: try await begin(at: broker)))
        #expect(bench.transport.sendings.count == 2)
    }

    /// At which of the three reservations the store fails, whether that may have happened, and what is said of the code.
    @Test(
        "is not completed when the store fails, and no more is promised of the code than is so",
        arguments: [
            (1, false, .unused), (1, true, .unknown), (2, false, .unused), (2, true, .unknown), (3, false, .unknown),
        ] as [(Int, Bool, CredentialFate)]
    )
    func failingStore(number: Int, mayHaveHappened: Bool, fate: CredentialFate) async throws {
        let count = Locked(0)
        var bench = self.bench
        bench.transport = .failing(.connectionFailed, mayHaveLeft: false)
        let store = ScriptedStore(
            .init(reserve: { () throws(StoreFailure) in
                let current = count.withLock { count in
                    count += 1
                    return count
                }
                guard current != number else {
                    throw StoreFailure("the disk is full", mayHaveHappened: mayHaveHappened)
                }
            }), memory: bench.store)
        let flow = try await begin(at: try bench.makeBroker())
        let credential = answer("abc", to: flow)
        let error = try #require(await bench.refusal(try bench.makeBroker(store: store), of: credential))
        #expect(error.credential == fate)
        #expect(bench.store.auditEvents.map(\.credential) == [fate.rawValue])
        // What is said to be unused can be presented again.
        bench.transport = ScriptedTransport()
        let kind = try await bench.outcome(try bench.makeBroker(), of: credential)
        let isReserved = fate != .unused && (number, mayHaveHappened) != (1, true)
        #expect(kind == (isReserved ? .credentialAlreadyUsed : nil))
    }

    @Test("has keys that no credential and no other flow has")
    func keys() async throws {
        let broker = try bench.makeBroker()
        let flows = [try await begin(at: broker), try await begin(at: broker)]
        var keys = Set(flows.map { OneTimeKey(stateOf: $0) })
        for flow in flows {
            for code in ["a", "b"] { keys.insert(OneTimeKey(binding: flow, to: Secret(code))) }
            keys.insert(OneTimeKey(issuer: .example, credential: .authorizationCode(flow.state.reveal())))
        }
        #expect(keys.count == 8)
        #expect(OneTimeKey(stateOf: flows[0]) == OneTimeKey(stateOf: flows[0]))
    }
}
