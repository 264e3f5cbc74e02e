public import Foundation

/// A signing key and its turn, for an operator.
public struct SigningKeyStatus: Sendable, Hashable {
    /// The phases of a key's life.
    public enum State: Sendable, Hashable {
        /// It is published, and will sign from then on.
        case waiting(until: Date)
        /// It signs.
        case signing
        /// Another signs in its place. Its tokens are valid until then.
        case retired(until: Date)
    }

    /// The key's id (`kid`), its thumbprint (RFC 7638).
    public let id: String
    /// What it signs with.
    public let algorithm: SigningAlgorithm
    /// The phase that it is in.
    public let state: State
}

extension KeyRing {
    /// The keys that are in use.
    func statuses(at now: Date, under rotation: KeyRotation) -> [SigningKeyStatus] {
        entries.compactMap { entry in
            let state: SigningKeyStatus.State
            switch self.state(of: entry.key.id, at: now, under: rotation) {
            case .published: state = .waiting(until: entry.signsFrom)
            case .signing: state = .signing
            case .retired(let end): state = .retired(until: end)
            case .dropped: return nil
            }
            return SigningKeyStatus(id: entry.key.id, algorithm: entry.key.algorithm, state: state)
        }
    }

    /// The ids of the keys that another has replaced, or that no client needs any longer, by the clock.
    func replaced(
        at now: Date,
        keeping algorithms: Set<SigningAlgorithm>,
        under rotation: KeyRotation
    ) -> Set<String> {
        let unused = expired(at: now, keeping: algorithms, under: rotation).map(\.key.id)
        let retired = statuses(at: now, under: rotation).filter { if case .retired = $0.state { true } else { false } }
        return Set(unused + retired.map(\.id))
    }
}
