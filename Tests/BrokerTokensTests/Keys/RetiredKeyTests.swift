import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import Testing

@testable import BrokerTokens

@Suite("Retired keys of services that restart")
struct RetiredKeyTests {
    private let clock = TestClock()
    private let store = FaultyStore()
    private let rotation: KeyRotation

    init() throws {
        rotation = try KeyRotation(longestTokenLifetime: .seconds(24 * 60 * 60))
    }

    @Test(
        "A retired key leaves the ring within an hour of its last token's end, however often the service restarts",
        arguments: [600, 8 * 3_600, 24 * 3_600])
    func restarts(interval: Int) async throws {
        let retired = try await retireKey()
        let end = clock.date + rotation.retention
        while clock.date < end - .seconds(interval) {
            let keys = replica()
            try await keys.prepare()
            #expect(keys.publishes(retired), "its tokens live")
            try await run(keys, for: .seconds(interval))
        }
        // The first service after the end notices it, and one an hour later confirms it.
        for _ in 0...(3_600 / interval + 2) {
            let keys = replica()
            try await keys.prepare()
            try await run(keys, for: .seconds(interval))
        }
        #expect(!(try await publishes(retired)))
    }

    @Test("A service stopped for longer than tokens live drops a retired key an hour after it starts")
    func stopped() async throws {
        let retired = try await retireKey()
        clock.advance(by: .seconds(7 * 24 * 3_600))
        let keys = replica()
        try await keys.prepare()
        #expect(keys.publishes(retired), "the clock alone says that its time is over, and may be wrong for a while")
        clock.advance(by: .seconds(3_599))
        try await keys.refresh()
        #expect(keys.publishes(retired))
        clock.advance(by: .seconds(1))
        try await keys.refresh()
        #expect(!keys.publishes(retired))
    }

    @Test("A service that starts while the clock is briefly ahead drops no key with valid tokens")
    func startedAhead() async throws {
        let retired = try await retireKey()
        for _ in 0..<3 {
            clock.shiftDate(by: .seconds(365 * 86_400))
            let ahead = replica()
            try await run(ahead, for: .seconds(600))
            clock.shiftDate(by: .seconds(-365 * 86_400))
            try await ahead.refresh()
            #expect(ahead.publishes(retired))
            let right = replica()
            try await run(right, for: .seconds(3_600))
            #expect(right.publishes(retired))
        }
        // What was noticed by a clock a year ahead does not delay it, either.
        clock.advance(by: rotation.retention)
        try await replica().prepare()
        clock.advance(by: .seconds(3_600))
        #expect(!(try await publishes(retired)))
    }

    @Test("Services with differing clocks do not endlessly overwrite each other's record of a retired key")
    func differingClocks() async throws {
        let retired = try await retireKey()
        let clock = clock
        let ahead = replica(now: { clock.date + .seconds(365 * 86_400) })
        let right = replica()
        let version = try #require(try await store.memory.keyRing).version
        for _ in 0..<600 {
            try await ahead.refresh()
            try await right.refresh()
            #expect(right.publishes(retired))
            clock.advance(by: .seconds(1))
        }
        let writes = try #require(try await store.memory.keyRing).version - version
        #expect(writes < 40, "they stop within seconds")
    }

    @Test("A turn set while the clock was ahead is corrected within a day, however often the service restarts")
    func turnAhead() async throws {
        let keys = replica()
        try await keys.prepare()
        clock.shiftDate(by: .seconds(3_650 * 86_400))
        try await keys.rotate()
        clock.shiftDate(by: .seconds(-3_650 * 86_400))
        for _ in 0..<3 {
            let keys = replica()
            try await run(keys, for: .seconds(8 * 3_600))
        }
        let right = replica()
        try await right.prepare()
        #expect(right.statuses.map(\.state) == [.signing, .waiting(until: clock.date + rotation.overlap)])
    }

    /// - Returns: The id of a key that was just replaced.
    private func retireKey() async throws -> String {
        let keys = replica()
        try await keys.prepare()
        let first = try #require(keys.signingKey(for: .es256)).id
        try await keys.rotate(immediately: true)
        return first
    }

    private func replica(now: (@Sendable () -> Date)? = nil) -> SigningKeys {
        SigningKeys(
            store: store, encryptionKey: .example, rotation: rotation, algorithms: [.es256],
            clock: BrokerClock(clock, now: now ?? clock.wallClock))
    }

    /// Serves for this long.
    private func run(_ keys: SigningKeys, for duration: Duration) async throws {
        try await keys.refresh()
        for _ in 0..<4 {
            clock.advance(by: duration / 4)
            try await keys.refresh()
        }
    }

    private func publishes(_ id: String) async throws -> Bool {
        let keys = replica()
        try await keys.prepare()
        return keys.publishes(id)
    }
}

extension SigningKeys {
    fileprivate func publishes(_ id: String) -> Bool {
        (try? JSONWebKeySet(reading: Array(jwks)))?.keys.contains { $0.id == id } == true
    }
}
