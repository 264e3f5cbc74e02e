import Foundation
import FuzzSupport
import JOSE

/// The properties of any document that may be a key set.
enum KeySetProperties {
    static func check(_ document: [UInt8]) {
        let set: JSONWebKeySet
        do throws(JSONWebKeySet.Fault) {
            set = try JSONWebKeySet(reading: document)
        } catch {
            return
        }
        property("No set with a private key is taken", holds: !hasPrivateKey(document))
        for key in set.keys { check(key) }
        // The issuer of the first key that names one, so that for some documents there are keys that fit.
        let issuer = set.keys.lazy.compactMap(\.issuer).first ?? ""
        for algorithm in SignatureAlgorithm.allCases {
            let candidates = set.candidates(id: nil, algorithm: algorithm, issuer: issuer)
            property("At most 16 keys are tried", holds: candidates.count <= 16)
            property("Only keys that fit are tried", holds: candidates.allSatisfy { $0.algorithms.contains(algorithm) })
        }
        let again = try? JSONWebKeySet(reading: JSONWebKeySet(set.keys).document)
        property(
            "A set that is written is read with the same keys",
            holds: again?.keys == set.keys)
    }

    private static func check(_ key: JSONWebKey) {
        property("A key set has no keys that are secret", holds: !key.algorithms.contains(.hs256))
        property("A thumbprint is 32 bytes", holds: Base64URL.decode(key.thumbprint)?.count == 32)
        guard let verification = VerificationKey(key) else { return }
        property("A key verifies what it says", holds: verification.algorithms == key.algorithms)
        for algorithm in SignatureAlgorithm.allCases {
            property(
                "No key takes an empty signature", holds: !verification.isValid([], over: [1, 2, 3], by: algorithm))
        }
    }

    /// According to Foundation.
    private static func hasPrivateKey(_ document: [UInt8]) -> Bool {
        guard let set = try? JSONSerialization.jsonObject(with: Data(document)) as? [String: Any],
            let keys = set["keys"] as? [Any]
        else { return false }
        return keys.compactMap { $0 as? [String: Any] }.contains { key in
            key["kty"] as? String != "oct" && ["d", "p", "q", "dp", "dq", "qi", "oth"].contains { key[$0] != nil }
        }
    }
}
