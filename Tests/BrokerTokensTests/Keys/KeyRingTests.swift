import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The signing key")
struct KeyRingTests {
    private let start = TestClock().date
    private let rotation: KeyRotation
    private let day = Duration.seconds(24 * 60 * 60)

    init() throws {
        rotation = try KeyRotation(
            period: .seconds(30 * 24 * 60 * 60), overlap: .seconds(24 * 60 * 60), longestTokenLifetime: .seconds(3600))
    }

    @Test("The first key signs at once, and nothing is due until its turn is nearly over")
    func firstKey() throws {
        var ring = KeyRing()
        #expect(try ring.advance(to: start, for: [.es256], under: rotation))
        let first = try #require(ring.signingKey(for: .es256, at: start))
        #expect(ring.state(of: first.id, at: start, under: rotation) == .signing)
        for hours in 0..<(29 * 24) {
            #expect(try !ring.advance(to: start + .seconds(hours * 3600), for: [.es256], under: rotation))
        }
        #expect(ring.signingKey(for: .rs256, at: start) == nil)
    }

    @Test("A key is published, signs, retires and is dropped, each in its time")
    func life() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let first = try #require(ring.entries.first).key.id
        #expect(try ring.advance(to: start + day * 29, for: [.es256], under: rotation))
        let second = try #require(ring.entries.last).key.id
        let turn = start + day * 30
        let end = turn + .seconds(3660)
        let moments: [(Date, KeyRing.State, KeyRing.State)] = [
            (turn - .seconds(1), .signing, .published), (turn, .retired(until: end), .signing),
            (end - .seconds(1), .retired(until: end), .signing), (end, .dropped, .signing),
        ]
        for (time, old, new) in moments {
            #expect(ring.state(of: first, at: time, under: rotation) == old)
            #expect(ring.state(of: second, at: time, under: rotation) == new)
        }
        #expect(try ring.advance(to: turn, for: [.es256], under: rotation), "it is recorded that the second has begun")
        #expect(try !ring.advance(to: end - .seconds(1), for: [.es256], under: rotation))
        #expect(try ring.advance(to: end, for: [.es256], under: rotation))
        #expect(ring.entries.map(\.key.id) == [second])
        #expect(ring.state(of: first, at: end, under: rotation) == .dropped)
    }

    @Test("A long overdue rotation still publishes the next key one overlap before it signs")
    func missed() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let late = start + day * 300
        let old = try #require(ring.signingKey(for: .es256, at: late))
        #expect(try ring.advance(to: late, for: [.es256], under: rotation))
        #expect(ring.signingKey(for: .es256, at: late)?.id == old.id)
        #expect(ring.signingKey(for: .es256, at: late + day)?.id == ring.entries.last?.key.id)
    }

    @Test("A rotation on demand publishes one next key, however often it is asked for")
    func onDemand() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        #expect(try rotate(&ring, at: start + .seconds(60)))
        #expect(try !rotate(&ring, at: start + .seconds(120)))
        #expect(ring.entries.map(\.signsFrom) == [start, start + .seconds(60) + day])
    }

    @Test("An immediate rotation uses the already published next key, and makes one only if there is none")
    func atOnce() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        _ = try rotate(&ring, at: start + .seconds(60))
        let ids = ring.entries.map(\.key.id)
        var now = start + .seconds(120)
        #expect(try rotateAtOnce(&ring, at: now, replacing: [ids[0]]) == KeyReplacement(promoted: [ids[1]]))
        #expect(ring.signingKey(for: .es256, at: now)?.id == ids[1])
        let end = now + .seconds(3_660)
        #expect(ring.state(of: ids[0], at: now, under: rotation) == .retired(until: end))
        // Who asked at the same time finds it done.
        #expect(try !rotateAtOnce(&ring, at: now, replacing: [ids[0]]).isChange)
        // Its turn lasts one period from now on.
        #expect(try ring.advance(to: start + day * 28, for: [.es256], under: rotation), "the first key goes")
        #expect(ring.entries.map(\.key.id) == [ids[1]])

        now = start + .seconds(180) + day * 28
        let added = try rotateAtOnce(&ring, at: now, replacing: [ids[1]]).added
        #expect(added.count == 1 && ring.signingKey(for: .es256, at: now)?.id == added[0])
    }

    @Test("An immediate rotation uses a next key that another process has just published")
    func atOnceAfterAnother() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let first = try #require(ring.entries.first).key.id
        _ = try rotate(&ring, at: start)
        let next = try #require(ring.entries.last).key.id
        #expect(try rotateAtOnce(&ring, at: start, replacing: [first]) == KeyReplacement(promoted: [next]))
        // Setting the clock back does not take the turn from it.
        #expect(ring.signingKey(for: .es256, at: start - day)?.id == next)
    }

    @Test("After a withdrawal, no old key is left, and new ones sign at once")
    func withdrawal() throws {
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        _ = try rotate(&ring, at: start + .seconds(60))
        let known = Set(ring.entries.map(\.key.id))
        let now = start + .seconds(120)
        #expect(try ring.withdraw(known, at: now, for: [.es256], under: rotation))
        for id in known { #expect(ring.state(of: id, at: now, under: rotation) == .dropped) }
        let signing = try #require(ring.signingKey(for: .es256, at: now))
        #expect(!known.contains(signing.id) && ring.entries.count == 1)
        // Who asked at the same time finds it done.
        #expect(try !ring.withdraw(known, at: now, for: [.es256], under: rotation))
        #expect(ring.signingKey(for: .es256, at: now)?.id == signing.id)
    }

    @Test("Lifetimes shortened after a rotation end no key before its tokens")
    func shortenedLifetimes() throws {
        let shorter = try KeyRotation(
            period: rotation.period, overlap: rotation.overlap, longestTokenLifetime: .seconds(60))
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let first = try #require(ring.entries.first).key.id
        _ = try ring.rotate(at: start, replacing: [first], immediately: true, for: [.es256], under: rotation)
        _ = try ring.advance(to: start + .seconds(1), for: [.es256], under: shorter)
        let end = start + .seconds(3_660)
        #expect(ring.state(of: first, at: end - .seconds(1), under: shorter) == .retired(until: end))
        _ = try ring.advance(to: end - .seconds(1), for: [.es256], under: shorter)
        #expect(ring.entries.count == 2)
        _ = try ring.advance(to: end, for: [.es256], under: shorter)
        #expect(ring.entries.count == 1)
    }

    /// Seals a document as earlier versions do.
    private func seal(_ document: String) throws -> Record<SealedKeyRing> {
        try .sample(
            version: 3, KeyEncryptionKey.example.seal(Data(document.utf8), asVersion: 3, listing: nil).bytes)
    }

    @Test("A ring's contents survive storing, and an earlier version can be read")
    func sealing() throws {
        let key = KeyEncryptionKey.example
        var ring = KeyRing()
        _ = try ring.advance(to: start, for: [.es256], under: rotation)
        let entry = try #require(ring.entries.first)
        let read = try #require(try KeyRing(ring.sealed(with: key, replacing: nil), openedWith: key).entries.first)
        #expect(read.hasSigned && read.longestTokenLifetime == .seconds(3_600) && read.signsFrom == start)
        let document = """
            {"keys":[{"algorithm":"ES256","signsFrom":\(start.timeIntervalSinceReferenceDate),\
            "privateKey":"\(Data(entry.key.representation).base64EncodedString())"}]}
            """
        let old = try seal(document)
        #expect(old.body.bytes.first == 1 && old.keyIDs == nil)
        var earlier = try KeyRing(old, openedWith: key)
        #expect(earlier.entries.map(\.key.id) == [entry.key.id])
        #expect(try earlier.advance(to: start, for: [.es256], under: rotation))
        // It does not state how long its tokens live, so the longest lifetime is assumed.
        #expect(earlier.entries.map(\.longestTokenLifetime) == [.seconds(86_400)])
    }

    @Test("A ring is stored as in earlier versions: base64, and seconds since the start of 2001")
    func stored() throws {
        let key = KeyEncryptionKey.example
        var ring = KeyRing()
        _ = try ring.advance(to: start + .milliseconds(250), for: [.es256], under: rotation)
        let entry = try #require(ring.entries.first)
        let document = """
            {"keys":[{"aheadSince":\(start.timeIntervalSinceReferenceDate),"algorithm":"ES256","hasSigned":true,\
            "overSince":\(start.timeIntervalSinceReferenceDate),\
            "privateKey":"\(Data(entry.key.representation).base64EncodedString())",\
            "signsFrom":\((start + .milliseconds(250)).timeIntervalSinceReferenceDate),"tokenLifetime":3600}]}
            """
        let read = try KeyRing(seal(document), openedWith: key)
        #expect(read.entries.first?.overSince == start && read.entries.first?.aheadSince == start)
        let written = try key.open(read.sealed(with: key, replacing: .sample(version: 3)))
        // The fraction of a whole number is not written.
        #expect(String(decoding: written, as: UTF8.self) == document.replacing(".0,", with: ","))
    }

    @Test(
        "A malformed ring is refused, and the error says what to run",
        arguments: [
            "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[1]}"#, #"{"keys":[{}]}"#,
            #"{"keys":[{"algorithm":"HS256","privateKey":"AA==","signsFrom":0}]}"#,
            #"{"keys":[{"algorithm":"ES256","privateKey":"!","signsFrom":0}]}"#,
            #"{"keys":[{"algorithm":"ES256","privateKey":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","signsFrom":"0"}]}"#,
        ])
    func unreadable(document: String) throws {
        let key = KeyEncryptionKey.example
        let sealed = try seal(document)
        let error = #expect(throws: BrokerError.self) { try KeyRing(sealed, openedWith: key) }
        #expect(error?.kind == .misconfigured && error?.message.contains("or a later one") == true)
    }

    @Test("A key with an unused algorithm is dropped when its turn and its tokens have ended")
    func abandoned() throws {
        let rsa = try #require(TokenSigningKey.sharedRSA.first)
        var ring = KeyRing()
        _ = try ring.advance(
            to: start, for: [.rs256, .es256], under: rotation,
            making: { $0 == .rs256 ? rsa : try TokenSigningKey.generate(for: $0) })
        let end = start + rotation.period + rotation.retention
        _ = try ring.advance(to: end - .seconds(1), for: [.es256], under: rotation)
        #expect(ring.entries.contains { $0.key.id == rsa.id })
        _ = try ring.advance(to: end, for: [.es256], under: rotation)
        #expect(!ring.entries.contains { $0.key.id == rsa.id })
    }

    @Test("Whatever happens, a signature verifies for its whole lifetime", arguments: 0..<20 as Range<UInt64>)
    func model(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var ring = KeyRing()
        var now = start
        var published: [String: Date] = [:]
        var demanded: Set<String> = []
        var signed: [(key: String, until: Date)] = []
        _ = try ring.advance(to: now, for: [.es256], under: rotation)
        for entry in ring.entries { published[entry.key.id] = now }
        for _ in 0..<300 {
            now = now + .seconds(Int.random(in: 0...(3 * 24 * 3600), using: &generator))
            let known = Set(ring.entries.map(\.key.id))
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: _ = try rotate(&ring, at: now)
            case 1:
                let change = try rotateAtOnce(&ring, at: now, replacing: known)
                demanded.formUnion(change.added + change.promoted)
                #expect(Set(ring.entries.map(\.key.id)).isSuperset(of: known))
            default: _ = try ring.advance(to: now, for: [.es256], under: rotation)
            }
            for entry in ring.entries { published[entry.key.id] = published[entry.key.id] ?? now }

            let signing = try #require(ring.signingKey(for: .es256, at: now))
            #expect(ring.entries.count { ring.state(of: $0.key.id, at: now, under: rotation) == .signing } == 1)
            #expect(ring.state(of: signing.id, at: now, under: rotation) == .signing)
            let notice = now.timeIntervalSince(published[signing.id] ?? now)
            #expect(notice >= 86_400 || demanded.contains(signing.id) || published[signing.id] == start)
            #expect(ring.entries.count <= 12)

            signed.removeAll { $0.until <= now }
            for token in signed {
                #expect(ring.state(of: token.key, at: now, under: rotation) != .dropped)
            }
            signed.append((signing.id, now + rotation.longestTokenLifetime + .seconds(60)))
            // A second token soon after, so that some are alive while the ring changes.
            now = now + .seconds(Int.random(in: 0...3_600, using: &generator))
        }
    }

    private func rotate(_ ring: inout KeyRing, at now: Date) throws -> Bool {
        let known = Set(ring.entries.map(\.key.id))
        return try ring.rotate(at: now, replacing: known, immediately: false, for: [.es256], under: rotation).isChange
    }

    private func rotateAtOnce(
        _ ring: inout KeyRing,
        at now: Date,
        replacing signers: Set<String>
    ) throws -> KeyReplacement {
        try ring.rotate(at: now, replacing: signers, immediately: true, for: [.es256], under: rotation)
    }
}
