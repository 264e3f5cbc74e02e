import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import Testing

@testable import BrokerTokens

/// A store, and the processes that share its keys.
struct KeyRingBench {
    let clock = TestClock()
    let store = FaultyStore()

    func replica(
        _ encryptionKey: KeyEncryptionKey = .example,
        readEncryptionKey: @escaping @Sendable () async throws -> KeyEncryptionKey? = { nil },
        algorithms: Set<BrokerTokens.SigningAlgorithm> = [.es256]
    ) -> SigningKeys {
        SigningKeys(
            store: store, encryptionKey: encryptionKey, readEncryptionKey: readEncryptionKey, algorithms: algorithms,
            clock: BrokerClock(clock, now: clock.wallClock))
    }
}

extension MemoryStore {
    /// The record of the key ring.
    var keyRing: StoredRecord? {
        get async throws { try await record(SealedKeyRing.key, at: .distantPast) }
    }
}

extension Record<SealedKeyRing> {
    /// A ring of any version.
    static func sample(version: Int, _ bytes: Data = Data()) throws -> Self {
        try Record(StoredRecord(key: SealedKeyRing.key, version: version, body: bytes))
    }
}

extension SigningKeys {
    /// The ids of the keys in the key set.
    func publishedIDs() throws -> Set<String> {
        Set(try JSONWebKeySet(reading: Array(jwks)).keys.compactMap(\.id))
    }
}

/// The kind of the error that the body throws; nil if it throws none.
func kind(of body: () async throws -> Void) async -> BrokerError.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? BrokerError)?.kind
    }
}
