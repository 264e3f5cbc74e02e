#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import JOSE

/// What one process knows of the key ring.
struct KeyHoldings {
    /// The ring as it stood in the store, and what is made of it once for all tokens.
    struct Snapshot {
        /// Nil where the store has none.
        let sealed: SealedKeyRing?
        let ring: KeyRing
        let verificationKeys: [String: TokenVerificationKey]
        let keySet: Data

        init(_ ring: KeyRing, as sealed: SealedKeyRing?) {
            let keys = ring.entries.map(\.key.verificationKey)
            self.sealed = sealed
            self.ring = ring
            keySet = Data(JSONWebKeySet(keys.map(\.webKey)).document)
            verificationKeys = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
        }
    }

    /// Nil until the store was asked for the first time.
    private(set) var snapshot: Snapshot?

    private var lastTicket = 0
    private var adoptedTicket = 0

    /// A number for a look at the store, taken before it, or for a change of it, taken after.
    mutating func takeTicket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// Takes what a look at the store brought, or a change left there, unless it was overtaken by a later one. A ring of a
    /// lower version does not mean that: a store may have been restored from a backup.
    ///
    /// - Returns: Whether it was taken.
    mutating func adopt(_ snapshot: Snapshot, ticket: Int) -> Bool {
        guard ticket > adoptedTicket || snapshot.version > self.snapshot?.version ?? 0 else { return false }
        adoptedTicket = max(ticket, adoptedTicket)
        self.snapshot = snapshot
        return true
    }
}

extension KeyHoldings.Snapshot {
    /// Zero where the store has no ring.
    var version: Int { sealed?.version ?? 0 }
}
