import Foundation
import IdentityBroker

extension StoreFlaw {
    static let keyRings = [
        StoreFlaw(
            "has an empty key ring from the beginning",
            breaks: "there is no key ring until one is stored, and then that one is returned"
        ) {
            $0.keyRing = { store throws(StoreFailure) in
                try await store.keyRing() ?? SealedKeyRing(version: 0, sealed: Data())
            }
        },
        StoreFlaw(
            "stores a key ring whatever its version",
            breaks: "a key ring is replaced one version at a time",
            "exactly one of many simultaneous attempts to store a key ring succeeds",
            "exactly one of many simultaneous attempts to store a key ring across many stores succeeds"
        ) {
            $0.replaceKeyRing = { store, keyRing throws(StoreFailure) in
                try store.storage.change { $0.keyRing = keyRing }
                return true
            }
        },
        StoreFlaw(
            "looks at the version first and stores the key ring then",
            breaks: "exactly one of many simultaneous attempts to store a key ring succeeds",
            "exactly one of many simultaneous attempts to store a key ring across many stores succeeds"
        ) {
            $0.replaceKeyRing = { store, keyRing throws(StoreFailure) in
                guard try await store.keyRing()?.version ?? 0 == keyRing.version - 1 else { return false }
                await store.storage.meet(at: "key ring \(keyRing.version)")
                try store.storage.change { $0.keyRing = keyRing }
                return true
            }
        },
        StoreFlaw(
            "keeps the key ring as text",
            breaks: "every byte of a key ring is returned, up to a mebibyte"
        ) {
            $0.replaceKeyRing = { store, keyRing throws(StoreFailure) in
                let text = String(decoding: keyRing.sealed, as: UTF8.self)
                return try await store.replaceKeyRing(
                    with: SealedKeyRing(version: keyRing.version, sealed: Data(text.utf8)))
            }
        },
    ]
}
