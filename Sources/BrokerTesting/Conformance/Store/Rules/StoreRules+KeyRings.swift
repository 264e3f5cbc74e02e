import Foundation
import IdentityBroker

extension StoreRules {
    static let keyRings: [StoreRule<StoreBench>] = [
        StoreRule(
            "there is no key ring until one is stored, and then that one is returned",
            because: "A process that finds none makes keys. If two do, one refuses the other's tokens."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let none = try await store.keyRing()
            try require(none == nil, "keyRing() returned a key ring from an empty store")
            try await store.mustStore(.sample(1), is: true, "into an empty store")
            try await store.mustHold(.sample(1), "after it was stored")
        },
        StoreRule(
            "a key ring is replaced one version at a time",
            because:
                "Each version is based on the one before. In another's place, it would lose keys that sign tokens."
        ) { bench in
            let store = try await bench.openBrokerStore()
            for version in [2, 0, -1] {
                try await store.mustStore(.sample(version), is: false, "into an empty store")
            }
            try await store.mustStore(.sample(1), is: true, "into an empty store")
            try await store.mustStore(.sample(1, by: 1), is: false, "after version 1")
            try await store.mustStore(.sample(3), is: false, "after version 1")
            try await store.mustHold(.sample(1), "after replacements out of turn")
            try await store.mustStore(.sample(2), is: true, "after version 1")
            try await store.mustStore(.sample(1, by: 1), is: false, "after version 2")
            try await store.mustStore(.sample(2, by: 1), is: false, "after version 2")
            try await store.mustHold(.sample(2), "after replacements out of turn")
        },
        StoreRule(
            "exactly one of many simultaneous attempts to store a key ring succeeds",
            because: "All processes start together and find no keys. The keys of all but one must be discarded."
        ) { bench in
            try await oneKeyRing(among: 32, on: [bench.openBrokerStore()])
        },
        StoreRule(
            "every byte of a key ring is returned, up to a mebibyte",
            because: "It is encrypted: if one bit changes, none of its keys can be read again."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let samples = [
                Data(), Data([0]), Data((0...255).map(UInt8.init)), Data(repeating: 0xFF, count: 1_000),
                Data((0..<(1024 * 1024)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }),
            ]
            for (number, sealed) in samples.enumerated() {
                let keyRing = SealedKeyRing(version: number + 1, sealed: sealed)
                try await store.mustStore(keyRing, is: true, "of \(sealed.count) bytes")
                try await store.mustHold(keyRing, "of \(sealed.count) bytes")
            }
        },
    ]

    /// Races for the first version, and for later ones, over these stores.
    static func oneKeyRing(among callers: Int, on stores: [any BrokerStore]) async throws {
        for version in 1...8 {
            let stored = try await race(callers) { caller in
                let keyRing = SealedKeyRing.sample(version, by: caller)
                return try await stores[caller % stores.count].replaceKeyRing(with: keyRing) ? keyRing : nil
            }.compactMap(\.self)
            try require(stored.count == 1, "\(stored.count) of \(callers) callers stored version \(version)")
            try await stores[0].mustHold(stored[0], "after a race for version \(version)")
        }
    }
}

extension SealedKeyRing {
    /// A key ring that only this caller stores.
    static func sample(_ version: Int, by caller: Int = 0) -> SealedKeyRing {
        SealedKeyRing(version: version, sealed: Data("version \(version) by \(caller)".utf8))
    }
}

extension KeyRingStore {
    /// Tries to store a key ring, and ends the check if the answer differs.
    func mustStore(_ keyRing: SealedKeyRing, is expected: Bool, _ circumstance: String) async throws {
        let isStored = try await replaceKeyRing(with: keyRing)
        try require(
            isStored == expected, "replaceKeyRing returned \(isStored) for version \(keyRing.version) \(circumstance)")
    }

    /// Ends the check unless this is the key ring.
    func mustHold(_ expected: SealedKeyRing, _ circumstance: String) async throws {
        let keyRing = try await keyRing()
        try require(
            keyRing == expected,
            "version \(expected.version) came back as \(keyRing.map { "\($0.version), or changed" } ?? "none") \(circumstance)"
        )
    }
}
