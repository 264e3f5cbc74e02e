import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Keys at rest")
struct KeyEncryptionTests {
    private let store = MemoryStore()
    private let secret = Secret("0123456789abcdef0123456789abcdef")

    private func keys(_ encryptionKey: KeyEncryptionKey) -> SigningKeys {
        SigningKeys(store: store, encryptionKey: encryptionKey)
    }

    @Test("A secret of 31 bytes is refused with advice on how to make one, and one of 32 is accepted")
    func length() throws {
        _ = try KeyEncryptionKey(secret)
        let error = #expect(throws: BrokerError.self) {
            try KeyEncryptionKey(Secret("0123456789abcdef0123456789abcde"))
        }
        #expect(error?.kind == .misconfigured && error?.message.contains("openssl rand -base64 32") == true)
        #expect(error?.message.contains("abcdef") == false)
    }

    @Test("A ring is opened with the key it was sealed with, in another process too")
    func reopening() async throws {
        let first = try keys(KeyEncryptionKey(secret))
        try await first.prepare()
        let second = try keys(KeyEncryptionKey(secret))
        try await second.prepare()
        #expect(first.jwks == second.jwks)
    }

    @Test("With another key, nothing opens, nothing is overwritten, and the advice is clear")
    func wrongKey() async throws {
        try await keys(KeyEncryptionKey(secret)).prepare()
        let stored = try await store.keyRing
        let other = keys(.ephemeral())
        for attempt in 0..<3 {
            let error = await #expect(throws: BrokerError.self) {
                switch attempt {
                case 0: try await other.prepare()
                case 1: try await other.refresh()
                default: try await other.rotate()
                }
            }
            #expect(error?.kind == .misconfigured)
            #expect(error?.message.contains("Give the one that they were stored with") == true)
        }
        #expect(try await store.keyRing == stored)
        #expect(other.signingKey(for: .es256) == nil)
    }

    @Test("A ring in a later format is not touched, and the error says what to run")
    func laterForm() async throws {
        let ring = StoredRecord(key: SealedKeyRing.key, body: Data([3]) + Data(repeating: 0, count: 64))
        _ = try await store.commit([.put(ring)], at: .distantPast)
        let keys = try keys(KeyEncryptionKey(secret))
        let error = await #expect(throws: BrokerError.self) { try await keys.prepare() }
        #expect(error?.kind == .misconfigured && error?.message.contains("a later one") == true)
        #expect(try await store.keyRing == ring)
    }

    @Test("A record of another kind is not taken for a ring that opens")
    func otherKind() throws {
        let key = try KeyEncryptionKey(secret)
        var ring = KeyRing()
        _ = try ring.advance(to: Date(timeIntervalSince1970: 0), for: [.es256], under: .standard)
        let bytes = try ring.sealed(with: key, replacing: nil).body.bytes
        try SigningKeys.check(StoredRecord(key: SigningKeys.recordKey, body: bytes), openedWith: key)
        let other = StoredRecord(key: RecordKey(kind: "other", id: "current"), body: bytes)
        let error = #expect(throws: BrokerError.self) { try SigningKeys.check(other, openedWith: key) }
        #expect(error?.kind == .misconfigured)
    }

    @Test("A tampered ring does not open: a bit, its version, its end")
    func tampering() throws {
        let key = try KeyEncryptionKey(secret)
        var ring = KeyRing()
        _ = try ring.advance(to: Date(timeIntervalSince1970: 0), for: [.es256], under: .standard)
        let sealed = try ring.sealed(with: key, replacing: .sample(version: 6))
        #expect(try KeyRing(sealed, openedWith: key).entries.map(\.key.id) == ring.entries.map(\.key.id))
        var forgeries = [
            try Record.sample(version: 8, sealed.body.bytes),
            try Record.sample(version: 7, sealed.body.bytes.dropLast()),
            try Record.sample(version: 7), try Record.sample(version: 7, Data([1])),
        ]
        for index in sealed.body.bytes.indices {
            var bytes = sealed.body.bytes
            bytes[index] ^= 1
            forgeries.append(try .sample(version: 7, bytes))
        }
        for forgery in forgeries {
            #expect(throws: BrokerError.self) { try KeyRing(forgery, openedWith: key) }
        }
    }

    @Test("The private key appears neither in storage nor in output")
    func secrecy() throws {
        let encryptionKey = try KeyEncryptionKey(secret)
        var ring = KeyRing()
        _ = try ring.advance(to: Date(timeIntervalSince1970: 0), for: [.es256], under: .standard)
        let key = try #require(ring.entries.first).key
        let sealed = try ring.sealed(with: encryptionKey, replacing: nil).body.bytes
        #expect(sealed.firstRange(of: key.representation) == nil)
        #expect(sealed.firstRange(of: Data(Data(key.representation).base64EncodedString().utf8)) == nil)
        for text in ["\(key)", String(reflecting: key), "\(ring)", String(reflecting: encryptionKey)] {
            #expect(!text.contains("PrivateKey") && !text.contains("SymmetricKey"))
        }
    }

    @Test(
        "An invalid rotation is refused",
        arguments: [(0, 0, 1), (10, 0, 1), (10, 10, 1), (10, 11, 1), (10, -1, 1), (10, 1, 0), (10, 1, -1)])
    func rotation(period: Int, overlap: Int, lifetime: Int) {
        #expect(throws: BrokerError.self) {
            try KeyRotation(
                period: .seconds(period), overlap: .seconds(overlap), longestTokenLifetime: .seconds(lifetime))
        }
    }
}
