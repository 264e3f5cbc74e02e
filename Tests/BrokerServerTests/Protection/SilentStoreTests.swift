import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("While the store does not answer", .timeLimit(.minutes(5)))
struct SilentStoreTests {
    private let store = FullStore()

    @Test(
        "requests without the store are answered, and the others once it answers again",
        arguments: [64, 192])
    func keySet(grants: Int) async throws {
        let bench = try await ServiceBench(store: store)
        let places = bench.endpoints.context.guards.places
        let (held, holder) = AsyncStream<Void>.makeStream()
        store.hanging.withLock { $0 = held }
        let requests = (0..<grants).map { number in Task { try await bench.exchange("person.\(number)") } }
        let working = min(grants, LoadLimit.defaultParallelism)
        while places.inside + places.waiting < grants || store.writes.withLock({ $0 }) < working { await Task.yield() }
        try await bench.clock.waitForSleepers(working)
        // Longer than a queue may stand still.
        for _ in 0..<30 {
            bench.clock.advance(by: .milliseconds(100))
            // Waiting requests keep sleeping until their deadline.
            try await bench.clock.waitForSleepers(grants)
            for path in ["/oauth2/jwks", "/.well-known/openid-configuration"] {
                #expect(try await bench.send(.get, path).status == 200)
            }
        }
        store.hanging.withLock { $0 = nil }
        holder.finish()
        for request in requests { #expect(try await request.value.status == 200) }
        #expect(places.inside == 0 && places.waiting == 0)
    }
}
