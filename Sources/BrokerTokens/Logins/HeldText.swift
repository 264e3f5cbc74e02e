import Foundation
import IdentityBroker

/// What is kept for a browser between two of its requests.
///
/// A browser that posts a form from another site brings no cookies, so the form waits until the browser comes back by a link
/// of our own. An answer to a form of ours waits until the browser fetches the page that passes it on.
package enum HoldPurpose: String, Sendable, CaseIterable {
    /// A client's request for a code.
    case authorization
    /// A client's request to sign a person out.
    case logout
    /// An upstream's answer.
    case callback
    /// An answer for a client.
    case response
}

/// Text that is kept for a minute, and given out once to whoever has its handle.
struct HeldText: RecordBody, Codable {
    static let recordKind: RecordKind = "held_text"
    static let lifetime = Duration.seconds(60)

    let text: SealedText
}

extension TokenService {
    /// Keeps text.
    ///
    /// - Parameters:
    ///   - client: Whose bound it counts against.
    ///   - browser: The secret of the only browser that gets it back; nil for any.
    /// - Returns: The handle.
    func hold(
        _ text: Secret,
        for purpose: HoldPurpose,
        of client: String,
        in browser: BoundSecret? = nil
    ) async throws(OAuthError) -> Secret {
        let handle = BoundSecret(randomness)
        let id = HeldText.id(handle, purpose)
        let held = HeldText(text: try SealedText(text, for: HeldText.secret(handle, browser)))
        let now = clock.now()
        let record = Record(held, id: id, expiry: now + HeldText.lifetime)
        let former = try heldTexts.admit(id, of: client, at: clock.uptime())
        let room = former.map { [StoreOperation.delete(HeldText.key($0))] } ?? []
        guard try await commit(at: now, { () throws(StoreFailure) in [try record.put()] + room }) else {
            throw .contended
        }
        return handle.text
    }

    /// Gives text out, once.
    ///
    /// - Returns: Nil for a handle that has expired, was used, or belongs to another browser.
    func release(
        _ handle: Secret,
        for purpose: HoldPurpose,
        in browser: BoundSecret? = nil
    ) async throws(OAuthError) -> Secret? {
        guard let handle = BoundSecret(handle.reveal()) else { return nil }
        let (id, now) = (HeldText.id(handle, purpose), clock.now())
        let found = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(HeldText.self, id, at: now)
        }
        guard let found, let text = found.body.text.open(with: HeldText.secret(handle, browser)) else { return nil }
        guard try await commit(at: now, { () in [found.consume()] }) else { return nil }
        heldTexts.remove(id)
        return text
    }
}

extension HeldText {
    /// A handle for one purpose finds nothing that was kept for another.
    fileprivate static func id(_ handle: BoundSecret, _ purpose: HoldPurpose) -> RecordID {
        RecordID(digestOf: handle.text.revealBytes(), Array(purpose.rawValue.utf8))
    }

    fileprivate static func secret(_ handle: BoundSecret, _ browser: BoundSecret?) -> Secret {
        Secret([handle.text.reveal(), browser?.text.reveal()].compactMap(\.self).joined(separator: "."))
    }
}

extension Locked<PendingRecords> {
    /// Makes room for a record.
    ///
    /// - Returns: The id of the record to delete for it; nil for none.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if there is none.
    func admit(_ id: RecordID, of client: String, at now: Duration) throws(OAuthError) -> RecordID? {
        switch withLock({ $0.admit(id, of: client, at: now) }) {
        case .admitted(let former): former
        case .refused: throw .tooManyPending
        }
    }

    func begin(_ id: RecordID) { withLock { $0.begin(id) } }

    func remove(_ id: RecordID) { withLock { $0.remove(id) } }
}
