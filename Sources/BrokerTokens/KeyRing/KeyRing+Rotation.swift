import Foundation

extension KeyRing {
    /// Starts a rotation before it is due.
    ///
    /// Without `immediately` it publishes a next key, unless one is already published. With `immediately` the next
    /// published key signs at once; if there is none, a new one does.
    ///
    /// - Parameter signers: The ids of the keys that signed at the time of the request. If several requests coincide,
    ///   the later ones find that another key signs, and change nothing.
    mutating func rotate(
        at now: Date,
        replacing signers: Set<String>,
        immediately: Bool,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        making makeKey: (SigningAlgorithm) throws -> TokenSigningKey = TokenSigningKey.generate
    ) rethrows -> KeyReplacement {
        var replacement = KeyReplacement()
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            let signer = signer(for: algorithm, at: now)
            if let signer {
                guard signers.contains(entries[signer].key.id) else { continue }
                let next = entries[(signer + 1)...].firstIndex { $0.key.algorithm == algorithm }
                if let next {
                    guard immediately else { continue }
                    entries[next].signsFrom = now
                    entries[next].hasSigned = true
                    replacement.promoted.append(entries[next].key.id)
                    continue
                }
            }
            let signsNow = immediately || signer == nil
            let key = try makeKey(algorithm)
            entries.append(
                Entry(
                    key: key, signsFrom: signsNow ? now : now + rotation.overlap, hasSigned: signsNow, under: rotation))
            replacement.added.append(key.id)
        }
        return replacement
    }

    /// Takes keys out of use at once and for good: new ones sign, and tokens that the old ones signed are refused.
    ///
    /// - Parameter ids: The keys, as known at the time of the request. The loser of a race against the same request
    ///   finds them gone.
    /// - Returns: Whether anything changed.
    mutating func withdraw(
        _ ids: Set<String>,
        at now: Date,
        for algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation,
        making makeKey: (SigningAlgorithm) throws -> TokenSigningKey = TokenSigningKey.generate
    ) rethrows -> Bool {
        guard entries.contains(where: { ids.contains($0.key.id) }) else { return false }
        entries.removeAll { ids.contains($0.key.id) }
        // Whoever got hold of the ring has what it held before, too.
        retired = []
        for algorithm in SigningAlgorithm.allCases where algorithms.contains(algorithm) {
            guard signer(for: algorithm, at: now) == nil else { continue }
            entries.append(Entry(key: try makeKey(algorithm), signsFrom: now, hasSigned: true, under: rotation))
        }
        return true
    }

    /// The ring with only these keys.
    func keeping(_ ids: Set<String>) -> KeyRing {
        KeyRing(entries.filter { ids.contains($0.key.id) })
    }
}

/// What a rotation on demand changed.
package struct KeyReplacement: Sendable, Equatable {
    /// The ids of the new keys.
    package var added: [String] = []
    /// The ids of the keys that were already published, and now sign early.
    package var promoted: [String] = []

    package var isChange: Bool { self != KeyReplacement() }
}
