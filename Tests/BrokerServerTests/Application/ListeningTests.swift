import BrokerTesting
import IdentityBroker
import Logging
import LoopbackServer
import Testing

@testable import BrokerServer

@Suite("The application's listeners", .timeLimit(.minutes(5)))
struct ListeningTests {
    /// Runs an application until it ends by itself or reports that it serves.
    private func run(
        _ bench: ServiceBench, at service: ServingAddress, operations: ServingAddress
    ) async -> (ports: ServedPorts?, failure: ListenerFailure?) {
        let served = Monitor<ServedPorts?>(nil)
        let (serving, isServing) = AsyncStream.makeStream(of: Void.self)
        let application = BrokerApplication(
            bench.endpoints, at: service, operations: operations, drainDelay: .zero,
            awaitingStop: { count in
                if count == 1 { for await _ in serving { break } } else { await waitForCancellation() }
            },
            logger: bench.log.makeLogger(),
            onServing: { ports in
                served.withState { $0 = ports }
                isServing.yield()
            }
        )
        do {
            try await application.run()
            return (served.snapshot, nil)
        } catch {
            return (served.snapshot, error as? ListenerFailure)
        }
    }

    private static let free = ServingAddress(host: "127.0.0.1", port: 0)

    @Test("An address in use ends it before anyone is told that it serves", arguments: [true, false])
    func taken(isOperations: Bool) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let port = try #require(upstream.baseURL.split(separator: ":").last.flatMap { Int($0) })
            let taken = ServingAddress(host: "127.0.0.1", port: port)
            // The scheduler decides the order in which the two are bound.
            for _ in 0..<20 {
                let bench = try await ServiceBench()
                let (ports, failure) = await run(
                    bench, at: isOperations ? Self.free : taken, operations: isOperations ? taken : Self.free)
                #expect(ports == nil)
                #expect(failure?.role == (isOperations ? .operations : .service))
                let errors = bench.log.entries.filter { $0.level >= .error && !$0.message.contains("ServiceLifecycle") }
                #expect(errors.map(\.message) == [])
            }
        }
    }

    @Test("Both ports are reported if both are free")
    func free() async throws {
        let bench = try await ServiceBench()
        let (ports, failure) = await run(bench, at: Self.free, operations: Self.free)
        #expect(failure == nil)
        let told = try #require(ports)
        #expect(told.service > 0)
        #expect(told.operations.map { $0 > 0 && $0 != told.service } == true)
        #expect(bench.log.entries.filter { $0.level >= .error }.map(\.message) == [])
    }
}
