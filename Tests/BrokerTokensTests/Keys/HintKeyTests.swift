import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Keys of ID tokens that come as hints")
struct HintKeyTests {
    private let start = TestClock().date
    private let rotation = KeyRotation.standard

    /// A ring whose first key has been removed.
    private func rotatedRing() throws -> (ring: KeyRing, removed: TokenSigningKey, time: Date) {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let first = try #require(ring.entries.first).key
        var time = start + rotation.period - rotation.overlap
        _ = try ring.advance(to: time, for: [.es256], under: rotation)
        time = start + rotation.period + rotation.retention
        _ = try ring.advance(to: time, for: [.es256], under: rotation)
        try #require(!ring.entries.contains { $0.key.id == first.id })
        return (ring, first, time)
    }

    @Test("Of a key that is removed the public half stays, for as long as a session lives")
    func kept() throws {
        var (ring, removed, time) = try rotatedRing()
        #expect(ring.retired.map(\.key.id) == [removed.id])
        #expect(ring.retired.map(\.until) == [time + .seconds(720 * 3600)])
        #expect(ring.state(of: removed.id, at: time, under: rotation) == .dropped, "it verifies nothing else")
        _ = try ring.advance(
            to: time + .seconds(720 * 3600), for: [.es256], under: rotation, permitting: PermittedChanges())
        #expect(!ring.retired.contains { $0.key.id == removed.id })
    }

    @Test("It survives the store, sealed, and is not in the key set")
    func stored() throws {
        let (ring, removed, _) = try rotatedRing()
        let record = try ring.sealed(with: .example, replacing: nil)
        #expect(!String(decoding: record.body.bytes, as: UTF8.self).contains(removed.id))
        let read = try KeyRing(record, openedWith: .example)
        #expect(read.retired.map(\.key.webKey) == [removed.verificationKey.webKey])
        #expect(read.retired.map(\.until) == ring.retired.map(\.until))
        let snapshot = KeyHoldings.Snapshot(read, as: record)
        #expect(!String(decoding: snapshot.keySet, as: UTF8.self).contains(removed.id))
        #expect(snapshot.verificationKeys[removed.id] == nil && snapshot.retiredKeys[removed.id] != nil)
    }

    @Test("A ring of an earlier version has none")
    func earlier() throws {
        var ring = try rotatedRing().ring
        ring.retired = []
        let read = try KeyRing(ring.sealed(with: .example, replacing: nil), openedWith: .example)
        #expect(read.retired.isEmpty && read.entries.count == ring.entries.count)
    }

    @Test("Withdrawn keys are not kept, and those before them are forgotten")
    func withdrawn() throws {
        var (ring, _, time) = try rotatedRing()
        _ = try ring.withdraw(Set(ring.entries.map(\.key.id)), at: time, for: [.es256], under: rotation)
        #expect(ring.retired.isEmpty)
    }

    @Test("No more than 64 are kept")
    func bounded() throws {
        var ring = KeyRing()
        let key = try TokenSigningKey.generate(for: .es256)
        for second in 0..<100 { ring.retire(key, at: start + .seconds(second)) }
        #expect(ring.retired.count == 64)
        #expect(ring.retired.first?.until == start + .seconds(36) + KeyRing.hintLifetime)
    }
}
