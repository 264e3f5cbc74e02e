import Foundation
import IdentityBroker
import JOSE

/// What one process knows about the key ring.
struct KeyHoldings {
    /// The ring as stored, and values derived from it once for all tokens.
    struct Snapshot {
        /// Nil if the store has none.
        let sealed: Record<SealedKeyRing>?
        let ring: KeyRing
        let verificationKeys: [String: TokenVerificationKey]
        /// Keys that verify nothing but hints, until their time.
        let retiredKeys: [String: RetiredKey]
        let keySet: Data

        init(_ ring: KeyRing, as sealed: Record<SealedKeyRing>?) {
            let keys = ring.entries.map(\.key.verificationKey)
            self.sealed = sealed
            self.ring = ring
            keySet = Data(JSONWebKeySet(keys.map(\.webKey)).document)
            verificationKeys = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
            retiredKeys = Dictionary(ring.retired.map { ($0.key.id, $0) }) { first, _ in first }
        }
    }

    /// Nil until the store was read for the first time.
    private(set) var snapshot: Snapshot?

    /// The ring that the store had at the latest read, if no present key opened it, such as one that was resealed.
    private(set) var unopened: Record<SealedKeyRing>?

    private var lastTicket = 0
    private var adoptedTicket = 0
    private var openingTicket = 0

    /// A number for a read of the store, taken before it, or for a change of it, taken after.
    mutating func takeTicket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// Adopts what a read of the store returned, or what a change left there, unless a later one overtook it. A lower
    /// version does not mean that a ring was overtaken: a store may have been restored from a backup.
    ///
    /// - Returns: Whether it was adopted.
    mutating func adopt(_ snapshot: Snapshot, ticket: Int) -> Bool {
        guard ticket > adoptedTicket || snapshot.version > self.snapshot?.version ?? 0 else { return false }
        adoptedTicket = max(ticket, adoptedTicket)
        self.snapshot = snapshot
        return true
    }

    /// Records whether the ring of a read of the store could be opened, or that the ring of a change can be, unless a
    /// later one is recorded.
    ///
    /// - Parameter ring: The ring that no present key opened; nil if one did, or if there is none.
    mutating func note(unopened ring: Record<SealedKeyRing>?, ticket: Int) {
        guard ticket > openingTicket else { return }
        openingTicket = ticket
        unopened = ring
    }
}

extension KeyHoldings.Snapshot {
    /// Zero if the store has no ring.
    var version: Int { sealed?.version ?? 0 }
}
