import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The signing key when the clock jumps")
struct KeyRingClockTests {
    private let start = TestClock().date
    private let rotation: KeyRotation
    private let day = Duration.seconds(24 * 60 * 60)

    init() throws {
        rotation = try KeyRotation(
            period: .seconds(30 * 24 * 60 * 60), overlap: .seconds(24 * 60 * 60), longestTokenLifetime: .seconds(3600))
    }

    @Test(
        "The only key signs, however far ahead the clock was when it was made",
        arguments: [1, 3_600, 10 * 365 * 86_400])
    func madeAhead(seconds: Int) throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start + .seconds(seconds), for: [.es256], under: rotation)
        let first = try #require(ring.entries.first).key.id
        #expect(ring.signingKey(for: .es256, at: start)?.id == first)
        #expect(ring.state(of: first, at: start, under: rotation) == .signing)
        // Its turn counts from now on.
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        #expect(try !ring.advance(to: start + day * 28, for: [.es256], under: rotation))
        #expect(try ring.advance(to: start + day * 29 + .seconds(60), for: [.es256], under: rotation))
        // A key from an earlier version has no record of having signed.
        let entry = try #require(ring.entries.first)
        let old = KeyRing([KeyRing.Entry(key: entry.key, signsFrom: start + .seconds(seconds))])
        #expect(old.signingKey(for: .es256, at: start)?.id == first)
    }

    @Test("A key that signed at once keeps signing when the clock is set back")
    func setBack() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let known = Set(ring.entries.map(\.key.id))
        _ = try ring.rotate(at: start + day, replacing: known, immediately: true, for: [.es256], under: rotation)
        let signing = try #require(ring.signingKey(for: .es256, at: start + day)).id
        for back in [start, start - day * 3_650] {
            #expect(ring.signingKey(for: .es256, at: back)?.id == signing)
            for id in known {
                guard case .retired = ring.state(of: id, at: back, under: rotation) else {
                    Issue.record("A key verifies for as long as its tokens live.")
                    continue
                }
            }
        }
        #expect(try ring.advance(to: start, for: [.es256], under: rotation))
        #expect(ring.entries.map(\.signsFrom) == [start, start])
    }

    @Test("A next key made while the clock was ahead waits one overlap from now, not years")
    func waitsAhead() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        _ = try rotate(&ring, at: start + day * 3_650)
        #expect(try ring.advance(to: start, for: [.es256], under: rotation))
        #expect(ring.entries.map(\.signsFrom) == [start, start + day])
    }

    @Test("A clock that leaps ahead drops no key with valid tokens")
    func leapAhead() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        _ = try rotate(&ring, at: start)
        let ids = ring.entries.map(\.key.id)
        let ahead = start + day * 2
        _ = try ring.advance(to: ahead, for: [.es256], under: rotation, permitting: .none)
        #expect(ring.entries.map(\.key.id) == ids)
        #expect(ring.state(of: ids[0], at: start, under: rotation) != .dropped)
    }

    private func rotate(_ ring: inout KeyRing, at now: Date) throws -> Bool {
        let known = Set(ring.entries.map(\.key.id))
        return try ring.rotate(at: now, replacing: known, immediately: false, for: [.es256], under: rotation).isChange
    }
}
